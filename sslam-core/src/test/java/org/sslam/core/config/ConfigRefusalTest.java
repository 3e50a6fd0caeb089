package org.sslam.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.UserException;

class ConfigRefusalTest {
    @TempDir
    Path folder;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(folder);
    }

    /** In the table a {@code /} stands for a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            name: x/optmizer:/  lr: 1 | x.yaml:3: unknown key 'optmizer.lr'; did you mean 'optimizer.lr'?
            name: x/model: {dept: 1} | x.yaml:2: unknown key 'model.dept'; did you mean 'model.depth'?
            name: x/lr: 1 | x.yaml:2: unknown key 'lr'; did you mean 'optimizer.lr'?
            name: x/optimizer.lr: 1 | x.yaml:2: unknown key 'optimizer.lr'; write it as nested sections, not with dots
            name: x/zzzzzz: 1 | x.yaml:2: unknown key 'zzzzzz'
            name: x/stages: [{stepz: 1}] | x.yaml:2: unknown key 'stages[0].stepz'; did you mean 'stages[].steps'?
            name: x/model:/  depth: twelve | x.yaml:3: 'model.depth' must be an integer, found 'twelve'
            name: x/model: {depth: 1.5} | x.yaml:2: 'model.depth' must be an integer, found '1.5'
            name: x/model: {depth: 3000000000} | x.yaml:2: 'model.depth' must be an integer, found '3000000000'
            name: x/model: {clips: 99999999999999999999} | x.yaml:2: 'model.clips' must be an integer, found '99999999999999999999'
            name: x/model: {dropout: 1e300} | x.yaml:2: 'model.dropout' must be a number, found '1e300'
            name: x/model: {depth: } | x.yaml:2: 'model.depth' must be an integer, found nothing
            name: x/model: {depth: [1]} | x.yaml:2: 'model.depth' must be an integer, found a list
            name: x/model: {depth: {a: 1}} | x.yaml:2: 'model.depth' must be an integer, found a section
            name: x/model: 7 | x.yaml:2: 'model' must be a section, found '7'
            name: x/stages: 7 | x.yaml:2: 'stages' must be a list, found '7'
            name: x/losses: [1] | x.yaml:2: 'losses' must be a section, found a list
            name: x/losses: {srl: much} | x.yaml:2: 'losses.srl' must be a number, found 'much'
            name: x/model: {mixing: logmel_min} | x.yaml:2: 'model.mixing' must be one of logmel_max, logmel_mean, off, found 'logmel_min'; did you mean 'logmel_max'?
            name: x/stages:/  - steps: 1/  - data: [] | x.yaml:4: missing required key 'stages[1].steps' (steps of the stage)
            model: {} | x.yaml:1: missing required key 'name' (name of the run)
            name: x/optimizer:/  warmupSteps: 500 | x.yaml:2: 'optimizer': warmupSteps must not exceed maxSteps
            name: x/name: y | x.yaml:2: duplicate key 'name', first given at x.yaml:1
            name: !!str x | x.yaml:1: the tag 'tag:yaml.org,2002:str' is not allowed; write plain values
            name: x/model: !evil {} | x.yaml:2: the tag '!evil' is not allowed; write plain values
            name: *a | x.yaml:1: alias *a has no anchor before it
            name: &a [*a] | x.yaml:1: alias *a has no anchor before it
            name: x/---/name: y | x.yaml:2: a second document begins; a configuration has one
            [a]: b | x.yaml:1: a key must be plain text
            - a | x.yaml:1: must be 'key: value' lines, found a list
            extends: [a]/name: x | x.yaml:1: 'extends' must be the path of a YAML file, found a list
            extends: nope.yaml | x.yaml:1: extended configuration file nope.yaml does not exist; check the path
            """)
    void everyMistakeHasItsLine(String yaml, String message) {
        assertEquals(message, files.refusal(yaml.replace('/', '\n')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            optimizer.lr | override without value: 'optimizer.lr'; write optimizer.lr=VALUE
            =3 | override without key: '=3'; write key.path=value
            `` | override without key: ''; write key.path=value
            optimizer..lr=3 | override 'optimizer..lr=3': a part of the key is empty; write key.path=value
            optmizer.lr=3 | override 'optmizer.lr=3': unknown key 'optmizer.lr'; did you mean 'optimizer.lr'?
            optimizer.lr=fast | override 'optimizer.lr=fast': 'optimizer.lr' must be a number, found 'fast'
            optimizer.lr= | override 'optimizer.lr=': 'optimizer.lr' must be a number, found nothing
            model.depth.x=1 | override 'model.depth.x=1': 'model.depth' must be an integer, found a section
            name=!!str x | override 'name=!!str x': the tag 'tag:yaml.org,2002:str' is not allowed; write plain values
            optimizer.warmupSteps=101 | x.yaml:2: 'optimizer': warmupSteps must not exceed maxSteps
            model.depth=0 | override 'model.depth=0': 'model': depth must be at least 1, found 0
            """)
    void everyWrongOverrideIsNamed(String override, String message) {
        assertEquals(message, files.refusal("name: x\noptimizer: {lr: 1}\n", override));
    }

    @Test
    void brokenYamlHasItsLine() {
        String message = files.refusal("name: x\nmodel: {depth: 1\n");
        assertTrue(message.startsWith("x.yaml:3: is not valid YAML: "), message);
        assertEquals(1, message.lines().count());
        String override = files.refusal("name: x\n", "name=[1");
        assertTrue(override.startsWith("override 'name=[1': is not valid YAML: "), override);
        String tab = files.refusal("name: x\nmodel:\n\tdepth: 1\n");
        assertTrue(tab.startsWith("x.yaml:3: is not valid YAML: "), tab);
    }

    @Test
    void extendsInACircle() {
        files.write("a.yaml", "name: x\nextends: x.yaml\n");
        assertEquals(
                "a.yaml:2: 'extends' runs in a circle: x.yaml -> a.yaml -> x.yaml", files.refusal("extends: a.yaml\n"));
    }

    @Test
    void mistakesInABaseNameTheBase() {
        files.write("base.yaml", "name: x\n\nmodel:\n  depth: deep\n");
        assertEquals(
                "base.yaml:4: 'model.depth' must be an integer, found 'deep'", files.refusal("extends: base.yaml\n"));
    }

    @Test
    void filesThatAreMissingFoldersTooLargeOrNoText() throws IOException {
        assertEquals("configuration file nope.yaml does not exist; check the path", loading(Path.of("nope.yaml")));
        assertEquals("configuration file " + folder + " is not a file", loading(folder));
        Path large = files.write("large.yaml", "a: " + "x".repeat(1 << 20));
        assertEquals(large + ": larger than 1 MB, hardly a configuration; check the path", loading(large));
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xFC});
        assertEquals(latin + ": is not UTF-8 text; save it as UTF-8", loading(latin));
    }

    private static String loading(Path file) {
        return assertThrows(UserException.class, () -> Config.load(file, List.of()))
                .getMessage();
    }

    @Test
    void nestingAndAliasesAreLimited() {
        assertEquals("x.yaml:1: nested deeper than 32 levels", files.refusal("a: " + "[".repeat(5000)));
        assertEquals("x.yaml:2: more than 32 aliases", files.refusal("a: &a 1\nb: [" + "*a, ".repeat(33) + "]"));
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 8; i++) {
            String below = "*a" + (i - 1) + ", ";
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, below.repeat(4)));
        }
        assertEquals("x.yaml:8: more than 100000 values", files.refusal(bomb.toString()));
    }

    @Test
    void anEmptyFileIsAnEmptySection() {
        assertEquals("x.yaml:1: missing required key 'name' (name of the run)", files.refusal("# nothing\n"));
        assertEquals("x.yaml:1: missing required key 'name' (name of the run)", files.refusal(""));
        assertEquals("a", files.bind("\uFEFFname: a\n").name());
    }
}
