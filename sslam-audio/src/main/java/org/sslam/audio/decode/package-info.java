/**
 * From a sound file to one channel of float samples: own reader for plain WAV, FFmpeg's libraries for everything
 * else, chosen by content.
 */
package org.sslam.audio.decode;
