/** Makes sets of shards out of data sets, and checks them. */
package org.sslam.audio.pack;
