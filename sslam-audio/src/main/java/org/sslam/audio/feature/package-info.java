/**
 * From a waveform to the model's input: Kaldi-compatible log-mel, length policy, normalisation, and the whole
 * front-end in its fixed order.
 */
package org.sslam.audio.feature;
