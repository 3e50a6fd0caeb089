package org.sslam.audio.data;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What verification found wrong with one clip.
 *
 * @param kind the class of the problem
 * @param id the clip's id
 * @param path its file
 * @param detail what exactly, with the numbers
 */
public record DataProblem(Kind kind, String id, Path path, String detail) {
    /** Classes of problems, from worst to mildest. */
    public enum Kind {
        /** There is no such file. */
        MISSING,
        /** The file cannot be read or decoded, or holds samples that are no numbers. */
        UNREADABLE,
        /** The sound is shorter or longer than asked for. */
        WRONG_LENGTH,
        /** No sample is louder than the limit. */
        SILENT,
        /** The same bytes as an earlier clip. */
        DUPLICATE;

        /** The kind as reports write it: lower case with hyphens. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return kind.label() + ": " + path + " (" + detail + ")";
    }
}
