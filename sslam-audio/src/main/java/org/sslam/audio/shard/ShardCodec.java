package org.sslam.audio.shard;

/** How a shard's sounds are written. */
public enum ShardCodec {
    /** WAV with 16-bit samples. */
    PCM16("wav"),
    /** FLAC of 16-bit samples: the same samples in about half the bytes. */
    FLAC("flac");

    private final String extension;

    ShardCodec(String extension) {
        this.extension = extension;
    }

    /** Ending of the members' names. */
    public String extension() {
        return extension;
    }
}
