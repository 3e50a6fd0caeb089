package org.sslam.core.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;

/**
 * What a run's data held, item by item, so that a later start can name what has changed.
 *
 * <p>On disk: gzip of lines {@code value<TAB>id} in the order of (id, value).
 *
 * @param entries sorted by id, then by value
 */
public record DataListing(List<Entry> entries) {
    private static final int NAMED = 3;

    /**
     * One item.
     *
     * @param id name inside the data set, equal on every machine
     * @param value its size or hash, without tabs and line ends
     */
    public record Entry(String id, String value) {}

    /** Sorts the entries. */
    public DataListing {
        entries = entries.stream()
                .sorted(Comparator.comparing(Entry::id).thenComparing(Entry::value))
                .toList();
    }

    /** Writes the listing. */
    public void write(Path file) {
        AtomicFiles.write(file, out -> {
            BufferedWriter writer =
                    new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8));
            for (Entry entry : entries) {
                writer.write(entry.value() + "\t" + escaped(entry.id()) + "\n");
            }
            writer.close();
        });
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UserException if it is something else or cannot be read
     */
    public static DataListing read(Path file) {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                if (tab < 0) {
                    throw new UserException(file + " is not a list of data; restore it or remove it");
                }
                entries.add(new Entry(unescaped(line.substring(tab + 1)), line.substring(0, tab)));
            }
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
        return new DataListing(entries);
    }

    /**
     * What is different now, in one line: how many items changed, are gone and are new, the first of each by name.
     *
     * <p>A value that says more than it did, after a space, has not changed: listings of old runs know fewer checksums.
     *
     * @return empty if nothing is
     */
    public String differences(DataListing now) {
        List<String> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        List<String> added = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < entries.size() || j < now.entries.size()) {
            Entry before = i < entries.size() ? entries.get(i) : null;
            Entry after = j < now.entries.size() ? now.entries.get(j) : null;
            int order = before == null ? 1 : after == null ? -1 : before.id().compareTo(after.id());
            if (order < 0) {
                gone.add(before.id());
            } else if (order > 0) {
                added.add(after.id());
            } else if (!isSame(before.value(), after.value())) {
                changed.add(before.id() + " (" + before.value() + ", now " + after.value() + ")");
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        List<String> parts = new ArrayList<>();
        add(parts, changed, "changed");
        add(parts, gone, "gone");
        add(parts, added, "new");
        return String.join("; ", parts);
    }

    private static boolean isSame(String before, String after) {
        return after.equals(before) || after.startsWith(before + " ");
    }

    private static void add(List<String> parts, List<String> names, String what) {
        if (!names.isEmpty()) {
            int shown = Math.min(NAMED, names.size());
            parts.add(names.size() + " " + what + ": " + String.join(", ", names.subList(0, shown))
                    + (names.size() > shown ? " ..." : ""));
        }
    }

    private static String escaped(String id) {
        return id.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder id = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                id.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                id.append(c);
            }
        }
        return id.toString();
    }
}
