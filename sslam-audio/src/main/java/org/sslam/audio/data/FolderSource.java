package org.sslam.audio.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.sslam.core.io.IoErrors;

/**
 * Every sound file below a folder, sorted by relative path.
 *
 * <p>Symbolic links are followed and loops among them are cut; hidden files and folders are left out.
 */
public final class FolderSource extends FixedClips {
    /** File name extensions, in lower case, that count as sound. */
    public static final Set<String> EXTENSIONS = Set.of(
            "wav", "wave", "flac", "ogg", "oga", "opus", "mp3", "m4a", "mp4", "aac", "webm", "aif", "aiff", "au", "caf",
            "wma");

    private FolderSource(Path root, List<Clip> clips) {
        super("folder " + root, clips, "it holds no file ending in wav, flac, ogg, opus, mp3, m4a or the like");
    }

    /**
     * Walks a folder tree.
     *
     * @param root the top folder
     * @param labelFromFolder whether a clip's only label is the name of the folder it lies in (none directly in root)
     * @throws org.sslam.core.UserException if the folder is missing, cannot be read or holds no sound file
     */
    public static FolderSource open(Path root, boolean labelFromFolder) {
        Manifests.requireFolder(root, "data folder");
        Collector collector = new Collector(root, labelFromFolder);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, collector);
        } catch (IOException e) {
            throw IoErrors.cannotRead(root, e);
        }
        collector.clips.sort(Comparator.comparing(Clip::id));
        return new FolderSource(root, collector.clips);
    }

    /** Whether a file's name ends in one of {@link #EXTENSIONS}. */
    public static boolean isAudio(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final boolean labelFromFolder;
        private final List<Clip> clips = new ArrayList<>();

        Collector(Path root, boolean labelFromFolder) {
            this.root = root;
            this.labelFromFolder = labelFromFolder;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isAudio(file) && !isHidden(file)) {
                Path relative = root.relativize(file);
                String id = relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
                Path parent = relative.getParent();
                Set<String> labels = labelFromFolder && parent != null
                        ? Set.of(parent.getFileName().toString())
                        : Set.of();
                clips.add(new Clip(id, file, labels, OptionalInt.empty()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private static boolean isHidden(Path path) {
            return path.getFileName() != null && path.getFileName().toString().startsWith(".");
        }
    }
}
