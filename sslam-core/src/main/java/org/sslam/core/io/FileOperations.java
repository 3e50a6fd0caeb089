package org.sslam.core.io;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;

/** Every change of the file system that this package makes; a test replaces it to let the n-th one fail. */
interface FileOperations {
    /** Makes a folder and its parents where missing, and brings their names to the disk. */
    void createDirectories(Path directory) throws IOException;

    /** Opens a file for writing; the caller closes the channel. */
    SeekableByteChannel open(Path file, OpenOption... options) throws IOException;

    /** Brings a file's bytes, or a folder's entries, to the disk. */
    void force(Path fileOrDirectory) throws IOException;

    /** Renames in one step, replacing a file that has the target's name. */
    void moveAtomically(Path source, Path target) throws IOException;

    /** Removes a file or an empty folder if it is there. */
    void delete(Path path) throws IOException;

    /** The entries of a folder, by name. */
    List<Path> list(Path directory) throws IOException;
}
