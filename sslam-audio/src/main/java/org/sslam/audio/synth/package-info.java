/**
 * Labelled polyphonic soundscapes made from nothing but a seed: procedural events over background noise, with their
 * places written down. Enough to try a whole training run without any recording.
 */
package org.sslam.audio.synth;
