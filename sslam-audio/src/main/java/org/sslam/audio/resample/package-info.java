/** Sample-rate conversion by band-limited (windowed-sinc) interpolation. */
package org.sslam.audio.resample;
