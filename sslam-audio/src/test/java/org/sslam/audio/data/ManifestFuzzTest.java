package org.sslam.audio.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;

/** Lists of clips in every format. */
class ManifestFuzzTest {
    private static final String[] WORDS = {
        ",",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "\t",
        ";",
        "\0",
        "\302\205",
        "\342\200\250",
        "\357\273\277",
        "\377",
        "../",
        "path",
        "labels",
        "fold",
        "id",
        "{",
        "}",
        "[",
        "]",
        ":",
        "null",
        "true",
        "\\u0000",
        "\\ud800",
        "\\n",
        "{\"path\":\"b\"}"
    };

    @TempDir
    Path folder;

    private Fuzz fuzz(String name, String... seeds) {
        Fuzz fuzz = Fuzz.of(name).words(WORDS);
        for (String seed : seeds) {
            fuzz.seed(seed.getBytes(StandardCharsets.UTF_8));
        }
        return fuzz;
    }

    private static void assertVaried(Fuzz.Report report, int reasons) {
        assertTrue(report.reasons() >= reasons && report.accepted() > 20, report.toString());
    }

    @Test
    void csvLists() {
        assertVaried(
                fuzz("clips-csv", "path,labels,fold,id\na.wav,dog;cat,1,x\n\"b, c.wav\",,2,\n", "path\na.wav\nb.wav\n")
                        .run(folder, file -> ListSource.csv(file, Optional.empty())),
                8);
    }

    @Test
    void jsonLists() {
        assertVaried(
                fuzz(
                                "clips-json",
                                "[{\"path\": \"a.wav\", \"labels\": [\"dog\", \"cat\"], \"fold\": 1},"
                                        + " {\"path\": \"b\", \"labels\": \"x;y\", \"id\": \"n\"}]",
                                "[{\"path\":\"a\"}]")
                        .run(folder, file -> ListSource.json(file, Optional.empty())),
                15);
    }

    @Test
    void tsvManifests() {
        assertVaried(
                fuzz("clips-tsv", ".\na.wav\t16000\nb c.wav\t44100\n", ".\na 16000\n")
                        .run(folder, TsvSource::open),
                6);
    }

    @Test
    void labelFiles() {
        assertVaried(fuzz("labels-lbl", "a\tdog,cat\nb\t\n").run(folder, TsvSource::labelLines), 1);
    }

    @Test
    void labelDescriptors() {
        assertVaried(fuzz("descriptors", "0,dog,Dog\n1,cat,\"Cat, small\"\n").run(folder, Labels::fromDescriptors), 4);
    }

    @Test
    void esc50Tables() throws IOException {
        Files.createDirectories(folder.resolve("esc/audio"));
        Files.createDirectories(folder.resolve("esc/meta"));
        String table = "filename,fold,target,category,esc10\n1-a.wav,1,0,dog,True\n2-b.wav,2,1,cat,False\n";
        assertVaried(
                fuzz("esc50", table).run(folder, file -> {
                    Path place = folder.resolve("esc/meta/esc50.csv");
                    Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
                    Esc50Source.open(folder.resolve("esc"));
                }),
                6);
    }
}
