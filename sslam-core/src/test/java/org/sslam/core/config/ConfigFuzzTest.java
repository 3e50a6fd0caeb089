package org.sslam.core.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;

class ConfigFuzzTest {
    private static final String FLOW =
            "{name: x, model: {depth: 0x10, mixing: logmel-mean}, optimizer: {}, losses: {global: 1e-3, local: .5}}";
    private static final String BLOCK =
            """
            # a comment
            name: "a\\tname"
            model: &m
              depth: 3
              clips: 1000
              dropout: 0.25
              topLayers: 2
              floor: 1e-4
              init: some/folder
              note: |
                two
                lines
              trace: true
            optimizer: {lr: 1e-3, maxSteps: 20}
            stages:
              - {steps: 1}
              - steps: 2
                data: [a, 'b c']
            """;

    @TempDir
    Path folder;

    @Test
    void damagedConfigurationsAreRefused() {
        Fuzz.Report report = Fuzz.of("yaml")
                .fileName("recipe.yaml")
                .seed(FLOW.getBytes(StandardCharsets.UTF_8))
                .seed(BLOCK.getBytes(StandardCharsets.UTF_8))
                .words(
                        ": ",
                        "- ",
                        "\n",
                        "  ",
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        "&m ",
                        "*m",
                        "<<: *m\n",
                        "? ",
                        "|\n",
                        ">-\n",
                        "---\n")
                .words(
                        "...\n",
                        "%YAML 1.2\n---\n",
                        "!!int ",
                        "!x ",
                        "#",
                        "\"",
                        "'",
                        "\\x00",
                        "\\u263a",
                        "\\",
                        "\t",
                        "\0")
                .words(
                        "extends: recipe.yaml\n",
                        "extends: .\n",
                        "extends: \0\n",
                        "\357\273\277",
                        "\303\244",
                        "\302\205")
                .words(
                        "name:", "model:", "depth:", "stages:", "losses:", "null", "~", "true", ".inf", ".nan", "0o7",
                        "1e400")
                .run(folder, file -> {
                    Recipe recipe =
                            Config.load(file, List.of("optimizer.lr=0.1")).bind(Recipe.class);
                    assertTrue(Config.differences(Config.dump(recipe), Config.dump(recipe))
                            .isEmpty());
                });
        assertTrue(report.reasons() > 20, report.toString());
    }
}
