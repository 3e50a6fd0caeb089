package org.sslam.eval.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The command line as scripts know it: the first page of help, and every verb's options and parameters.
 *
 * <p>A wanted change is frozen anew by {@code mvn -pl sslam-eval -am test -Dtest=FrozenCliTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsslam.freeze=true}.
 */
class FrozenCliTest {
    private static final String RESOURCE = "frozen-cli.txt";
    private static final String REGENERATE =
            "if this change is wanted: mvn -pl sslam-eval -am test -Dtest=FrozenCliTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dsslam.freeze=true";

    @Test
    void verbsAndOptionsAreThoseThatWereFrozen() throws IOException {
        String now = describe();
        if (Boolean.getBoolean("sslam.freeze")) {
            Path source = Path.of("src", "test", "resources", "org", "sslam", "eval", "cli", RESOURCE);
            Files.createDirectories(source.getParent());
            Files.writeString(source, now);
            return;
        }
        try (InputStream frozen = FrozenCliTest.class.getResourceAsStream(RESOURCE)) {
            assertEquals(new String(frozen.readAllBytes(), StandardCharsets.UTF_8), now, REGENERATE);
        }
    }

    @Test
    void everyVerbHasADescriptionAndAnExample() {
        forEach(Main.commandLine(new Failures(false)), command -> {
            String name = command.getCommandSpec().qualifiedName();
            CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            assertNotEquals(0, usage.description().length, name + " has no description");
            assertTrue(
                    Arrays.stream(usage.footer()).anyMatch(line -> line.startsWith("Example: sslam ")),
                    name + " has no example");
        });
    }

    private static String describe() {
        CommandLine root = Main.commandLine(new Failures(false));
        StringBuilder text = new StringBuilder(root.getUsageMessage(CommandLine.Help.Ansi.OFF));
        forEach(root, command -> text.append('\n')
                .append(command.getCommandSpec().qualifiedName())
                .append(": ")
                .append(command.getCommandSpec().args().stream()
                        .map(FrozenCliTest::describe)
                        .sorted()
                        .collect(Collectors.joining(" "))));
        return text.append('\n').toString().replace("\r\n", "\n");
    }

    private static String describe(CommandLine.Model.ArgSpec argument) {
        String name = argument instanceof CommandLine.Model.OptionSpec option
                ? String.join("|", option.names())
                : argument.paramLabel();
        return argument.required() ? name + "!" : name;
    }

    private static void forEach(CommandLine command, Consumer<CommandLine> action) {
        action.accept(command);
        command.getSubcommands().values().forEach(sub -> forEach(sub, action));
    }
}
