package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;

class DataListingTest {
    @TempDir
    Path folder;

    /** @param pairs id=value */
    private static DataListing listing(String... pairs) {
        return new DataListing(Arrays.stream(pairs)
                .map(pair -> pair.split("="))
                .map(pair -> new DataListing.Entry(pair[0], pair[1]))
                .toList());
    }

    @Test
    void survivesTheDiskWhateverTheNames() {
        DataListing written = new DataListing(List.of(
                new DataListing.Entry("b\tc\nd\\n\r", "2"),
                new DataListing.Entry("a", "1"),
                new DataListing.Entry("ä/ö", "3")));
        Path file = folder.resolve("data.tsv.gz");
        written.write(file);
        assertEquals(written, DataListing.read(file));
        assertEquals("a", written.entries().get(0).id());
    }

    @Test
    void namesWhatChangedWhatIsGoneAndWhatIsNew() {
        DataListing before = listing("a=1", "b=2", "c=3", "e=5");
        assertEquals("", before.differences(listing("e=5", "c=3", "b=2", "a=1")));
        assertEquals(
                "1 changed: b (2, now 9); 1 gone: c; 2 new: d, f",
                before.differences(listing("a=1", "b=9", "d=4", "e=5", "f=6")));
        assertEquals("", before.differences(listing("a=1 crc32c ff", "b=2 crc32c 00", "c=3", "e=5")));
        assertEquals("1 changed: a (1, now 12)", before.differences(listing("a=12", "b=2", "c=3", "e=5")));
        assertEquals("4 gone: a, b, c ...", before.differences(new DataListing(List.of())));
    }

    @Test
    void manyItemsStayCompact() throws IOException {
        List<DataListing.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(new DataListing.Entry("audio/clip-" + i + ".wav", String.valueOf(320_044)));
        }
        Path file = folder.resolve("data.tsv.gz");
        new DataListing(entries).write(file);
        assertTrue(Files.size(file) < 8 * entries.size(), "bytes: " + Files.size(file));
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no gzip");
        assertTrue(assertThrows(UserException.class, () -> DataListing.read(text))
                .getMessage()
                .startsWith("cannot read " + text));
        Path other = folder.resolve("other");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(other))) {
            out.write("one line".getBytes());
        }
        assertEquals(
                other + " is not a list of data; restore it or remove it",
                assertThrows(UserException.class, () -> DataListing.read(other)).getMessage());
    }
}
