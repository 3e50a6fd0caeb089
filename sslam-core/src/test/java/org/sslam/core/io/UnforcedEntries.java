package org.sslam.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names that came or changed in folders which were not brought to the disk since: a loss of power takes them back. */
final class UnforcedEntries {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A name that came.
     *
     * @param before what the file was called, empty if it was made
     * @param name what it is called now
     * @param replaced what had that name
     */
    private record Entry(Optional<Path> before, Path name, Optional<byte[]> replaced) {
        private Entry moved(Path source, Path target) {
            return new Entry(before.map(path -> moved(path, source, target)), moved(name, source, target), replaced);
        }

        private static Path moved(Path path, Path source, Path target) {
            return path.startsWith(source) ? target.resolve(source.relativize(path)) : path;
        }
    }

    synchronized void made(Path file) {
        entries.add(new Entry(Optional.empty(), file, Optional.empty()));
    }

    /** To be told before the file moves, with what stands in its way. */
    synchronized void moves(Path source, Path target) throws IOException {
        Optional<byte[]> replaced =
                Files.isRegularFile(target) ? Optional.of(Files.readAllBytes(target)) : Optional.empty();
        List<Entry> now = entries.stream()
                .map(entry -> entry.name().equals(source) ? entry : entry.moved(source, target))
                .toList();
        entries.clear();
        entries.addAll(now);
        entries.add(new Entry(Optional.of(source), target, replaced));
    }

    synchronized void deleted(Path path) {
        entries.removeIf(entry -> entry.name().equals(path));
    }

    synchronized void forced(Path folder) {
        entries.removeIf(entry -> folder.equals(entry.name().getParent()));
    }

    /** Takes all of them back, the last first. */
    synchronized void lose() throws IOException {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (!Files.exists(entry.name(), LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (entry.before().isEmpty()) {
                Files.delete(entry.name());
                continue;
            }
            if (Files.isDirectory(entry.before().get().getParent())) {
                Files.move(entry.name(), entry.before().get(), StandardCopyOption.REPLACE_EXISTING);
            }
            if (entry.replaced().isPresent()) {
                Files.write(entry.name(), entry.replaced().get());
            }
        }
        entries.clear();
    }
}
