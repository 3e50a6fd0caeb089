package org.sslam.core.io;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The real file system, and the place where a test swaps it. */
final class Disk implements FileOperations {
    private static final boolean DIRECTORIES_CAN_BE_FORCED = File.separatorChar == '/';

    private static volatile FileOperations current = new Disk();

    private Disk() {}

    static FileOperations operations() {
        return current;
    }

    /** Puts other operations in place and returns those that were. */
    static FileOperations replace(FileOperations operations) {
        FileOperations before = current;
        current = operations;
        return before;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            missing.push(path);
        }
        Files.createDirectories(directory);
        for (Path made : missing) {
            forceWhereReadable(made.getParent());
        }
    }

    /** A folder that may be entered and written, but not listed, cannot be opened to force its names. */
    private void forceWhereReadable(Path directory) throws IOException {
        if (Files.isReadable(directory)) {
            force(directory);
        }
    }

    @Override
    public SeekableByteChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    @Override
    public void force(Path fileOrDirectory) throws IOException {
        boolean directory = Files.isDirectory(fileOrDirectory, LinkOption.NOFOLLOW_LINKS);
        if (directory && !DIRECTORIES_CAN_BE_FORCED) {
            return;
        }
        OpenOption mode = directory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(fileOrDirectory, mode)) {
            channel.force(true);
        }
    }

    @Override
    public void moveAtomically(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
