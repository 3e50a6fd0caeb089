package org.sslam.core.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.UserException;
import org.sslam.core.fuzz.Fuzz;
import org.sslam.core.fuzz.Mutations;

class DataListingFuzzTest {
    private static final DataListing LISTING = new DataListing(List.of(
            new DataListing.Entry("audio/a.wav", "1024"),
            new DataListing.Entry("a\nb\\c.wav", "7"),
            new DataListing.Entry("z", "absent")));

    @TempDir
    Path folder;

    private static byte[] damagedInside(byte[] input, Mutations mutations, SplittableRandom random) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(input))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
                zipped.write(mutations.of(in.readNBytes(1 << 18), random));
            }
            return out.toByteArray();
        } catch (IOException e) {
            return mutations.of(input, random);
        }
    }

    @Test
    void damagedListingsAreRefused() throws IOException {
        Path valid = folder.resolve("valid");
        LISTING.write(valid);
        byte[] seed = Files.readAllBytes(valid);
        Mutations inside =
                new Mutations(List.of("12\taudio/b.wav\n".getBytes()), List.of(new byte[] {'\t'}, new byte[] {'\n'}));
        Fuzz.Report report = Fuzz.of("data-listing")
                .seed(seed)
                .limits(Duration.ofSeconds(10), 1L << 30) // a packed list may be long
                .mutation((input, random) -> damagedInside(input, inside, random))
                .run(folder, file -> {
                    String differences = DataListing.read(file).differences(LISTING);
                    if (!differences.isEmpty()) {
                        throw new UserException("other data (" + differences + ")");
                    }
                });
        assertTrue(report.reasons() > 1, report.toString());
    }
}
