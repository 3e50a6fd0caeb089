package org.sslam.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user probably meant. Source: Levenshtein's edit distance. */
public final class Suggestions {
    private Suggestions() {}

    /** The end of an error message, {@code ; did you mean 'x'?}, or nothing. */
    static String phrase(String wrong, Collection<String> known) {
        if (known.contains(wrong)) {
            return "; write it as nested sections, not with dots";
        }
        return nearest(wrong, known)
                .or(() -> sameLastPart(wrong, known))
                .map(match -> "; did you mean '" + match + "'?")
                .orElse("");
    }

    /** The known word that differs least from a wrong one, if by at most a third of its letters. */
    public static Optional<String> nearest(String wrong, Collection<String> known) {
        int limit = Math.max(1, wrong.length() / 3);
        return known.stream()
                // at least the difference in length, which spares a word of a megabyte
                .filter(candidate -> Math.abs(wrong.length() - candidate.length()) <= limit)
                .filter(candidate -> distance(wrong, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(wrong, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A key of the right name in another section. */
    private static Optional<String> sameLastPart(String wrong, Collection<String> known) {
        String last = lastPart(wrong);
        return known.stream()
                .filter(candidate -> lastPart(candidate).equalsIgnoreCase(last))
                .sorted()
                .findFirst();
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                char left = Character.toLowerCase(a.charAt(i - 1));
                char right = Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (left == right ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
