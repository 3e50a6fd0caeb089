package org.sslam.audio.data;

/** How a data set is written down. */
public enum DataFormat {
    /** By what lies at the path: ESC-50 layout, folder, or the file's extension. */
    AUTO,
    /** A folder tree of sound files. */
    FOLDER,
    /** A fairseq manifest. */
    TSV,
    /** A list as CSV. */
    CSV,
    /** A list as JSON. */
    JSON,
    /** The layout of ESC-50. */
    ESC50,
    /** A packed set: tar files with an index beside each. */
    SHARDS
}
