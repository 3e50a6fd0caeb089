/**
 * Clips by the thousand in one file: tar archives in WebDataset's layout with an index beside each.
 *
 * <p>A clip inside a shard has the path {@code SHARD.tar/MEMBER}, as if the shard were a folder; {@link
 * org.sslam.audio.shard.SoundFiles} reads such paths and plain files alike.
 */
package org.sslam.audio.shard;
