/**
 * SSLAM: masked latent bootstrapping on audio mixtures.
 *
 * <pre>
 *  log-mel --patches, positions--+--> all tokens -----> teacher (EMA) --> targets: local, global
 *                                |                                             |
 *                                +--> visible tokens -> student --> CLS -------+-- global loss
 *                                     of M clones          |                   |
 *                                                          +-> CNN decoder ----+-- local loss
 *
 *  stage 2 adds partial mixtures of two clips, and a target that keeps both sources (source retention)
 * </pre>
 *
 * <p>Source: "SSLAM: Enhancing Self-Supervised Models with Audio Mixtures for Polyphonic Soundscapes", ICLR 2025; public
 * repositories ta012/SSLAM and cwx-worst-one/EAT.
 */
package org.sslam.models.sslam;
