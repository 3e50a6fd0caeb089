package org.sslam.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets writing through this package fail while it is open: for tests of everything that saves.
 *
 * <p>Operations are counted from 1 in the order in which they happen: make folder, open, each write, force, rename,
 * delete.
 */
public final class FaultyDisk implements FileOperations, AutoCloseable {
    private final FileOperations before;
    private final AtomicInteger count = new AtomicInteger();
    private final int firstFailing;
    private final String message;
    private final boolean deletesWork;
    private final boolean powerFails;
    private final Set<Path> notForced = ConcurrentHashMap.newKeySet();
    private final UnforcedEntries entries = new UnforcedEntries();
    private final Map<Path, Long> safeBytes = new ConcurrentHashMap<>();

    private FaultyDisk(int firstFailing, String message, boolean deletesWork, boolean powerFails) {
        this.firstFailing = firstFailing;
        this.message = message;
        this.deletesWork = deletesWork;
        this.powerFails = powerFails;
        this.before = Disk.replace(this);
    }

    /** Fails nothing; {@link #operations} then says how many operations a piece of work makes. */
    public static FaultyDisk counting() {
        return new FaultyDisk(Integer.MAX_VALUE, "", true, false);
    }

    /** From the n-th operation on the disk is full; deleting still works. */
    public static FaultyDisk fullFrom(int n) {
        return new FaultyDisk(n, "No space left on device", true, false);
    }

    /** From the n-th operation on nothing happens any more, as if the process had been killed there. */
    public static FaultyDisk killedAt(int n) {
        return new FaultyDisk(n, "killed", false, false);
    }

    /** As {@link #killedAt}, and half of what was written and not brought to the disk is lost, and so are names in such folders. */
    public static FaultyDisk powerLostAt(int n) {
        return new FaultyDisk(n, "no power", false, true);
    }

    /** From the n-th operation on permission is denied. */
    public static FaultyDisk deniedFrom(int n) {
        return new FaultyDisk(n, "Permission denied", true, false);
    }

    /** Operations so far. */
    public int operations() {
        return count.get();
    }

    @Override
    public void close() {
        Disk.replace(before);
        if (powerFails) {
            notForced.stream().filter(Files::exists).forEach(this::loseHalf);
            try {
                entries.lose();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step();
        before.createDirectories(directory);
    }

    @Override
    public SeekableByteChannel open(Path file, OpenOption... options) throws IOException {
        step();
        if (Files.isRegularFile(file)) {
            safeBytes.putIfAbsent(file.toAbsolutePath(), Files.size(file));
        }
        boolean isNew = !Files.exists(file);
        SeekableByteChannel channel = before.open(file, options);
        if (isNew) {
            entries.made(file.toAbsolutePath());
        }
        return new Channel(file.toAbsolutePath(), channel);
    }

    @Override
    public void force(Path fileOrDirectory) throws IOException {
        step();
        before.force(fileOrDirectory);
        entries.forced(fileOrDirectory.toAbsolutePath());
        if (notForced.remove(fileOrDirectory.toAbsolutePath())) {
            safeBytes.put(fileOrDirectory.toAbsolutePath(), Files.size(fileOrDirectory));
        }
    }

    @Override
    public void moveAtomically(Path source, Path target) throws IOException {
        step();
        entries.moves(source.toAbsolutePath(), target.toAbsolutePath());
        before.moveAtomically(source, target);
        moved(source.toAbsolutePath(), target.toAbsolutePath());
    }

    @Override
    public void delete(Path path) throws IOException {
        if (!deletesWork) {
            step();
        }
        before.delete(path);
        entries.deleted(path.toAbsolutePath());
        notForced.remove(path.toAbsolutePath());
        safeBytes.remove(path.toAbsolutePath());
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return before.list(directory);
    }

    private void moved(Path source, Path target) {
        notForced.remove(target);
        safeBytes.remove(target);
        for (Path path : Set.copyOf(notForced)) {
            if (path.startsWith(source) && notForced.remove(path)) {
                notForced.add(target.resolve(source.relativize(path)));
            }
        }
        for (Path path : Set.copyOf(safeBytes.keySet())) {
            if (path.startsWith(source)) {
                safeBytes.put(target.resolve(source.relativize(path)), safeBytes.remove(path));
            }
        }
    }

    private void loseHalf(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long safe = Math.min(channel.size(), safeBytes.getOrDefault(file, 0L));
            channel.truncate(safe + (channel.size() - safe) / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void step() throws IOException {
        if (count.incrementAndGet() >= firstFailing) {
            throw new IOException(message);
        }
    }

    private final class Channel implements SeekableByteChannel {
        private final Path file;
        private final SeekableByteChannel channel;

        Channel(Path file, SeekableByteChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            notForced.add(file);
            if (count.incrementAndGet() < firstFailing) {
                return channel.write(bytes);
            }
            // Half of the bytes still reach the disk, as when it fills up.
            ByteBuffer half = bytes.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            channel.write(half);
            throw new IOException(message);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return channel.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
