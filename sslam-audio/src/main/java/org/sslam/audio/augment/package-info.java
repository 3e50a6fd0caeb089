/** Random changes of a training clip, each a pure function of its input and a random generator. */
package org.sslam.audio.augment;
