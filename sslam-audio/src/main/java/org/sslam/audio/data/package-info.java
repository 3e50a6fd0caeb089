/**
 * Where clips come from: folders, fairseq manifests, CSV and JSON lists, the ESC-50 layout; their labels, their check,
 * their statistics and their hash.
 */
package org.sslam.audio.data;
