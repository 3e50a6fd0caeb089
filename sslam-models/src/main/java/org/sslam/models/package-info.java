/** Encoders, decoders and masks of the published systems, one package a method. */
package org.sslam.models;
