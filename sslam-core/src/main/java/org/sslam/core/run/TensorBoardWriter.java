package org.sslam.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sslam.core.io.AppendFile;
import org.sslam.core.io.AtomicFiles;
import org.sslam.core.io.IoErrors;

/**
 * Writes scalars as TensorBoard event files, one file a start of the run.
 *
 * <p>Source: TensorFlow's record framing ({@link EventRecords}) and the messages Event, Summary and SessionLog
 * ({@link EventMessages}).
 */
public final class TensorBoardWriter implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d+)\\..*");
    private static final long MILLIS_PER_SECOND = 1000;

    private final AppendFile file;

    private TensorBoardWriter(AppendFile file) {
        this.file = file;
    }

    /** Begins the first file of a run. */
    public static TensorBoardWriter create(Path folder) {
        return open(folder, OptionalLong.empty());
    }

    /**
     * Begins a further file; TensorBoard then forgets what earlier files say about later steps.
     *
     * @param afterStep the last step that counts
     */
    public static TensorBoardWriter resume(Path folder, long afterStep) {
        return open(folder, OptionalLong.of(afterStep));
    }

    /**
     * Writes the scalars of one step.
     *
     * @param values by name; {@code /} in a name makes groups
     */
    public void scalars(long step, Map<String, Double> values) {
        file.append(EventRecords.frame(EventMessages.scalars(now(), step, values)));
    }

    @Override
    public void close() {
        file.close();
    }

    private static TensorBoardWriter open(Path folder, OptionalLong afterStep) {
        AtomicFiles.createDirectories(folder);
        AppendFile file = AppendFile.open(folder.resolve(nextName(folder)));
        file.append(EventRecords.frame(EventMessages.fileVersion(now())));
        if (afterStep.isPresent()) {
            file.append(EventRecords.frame(EventMessages.sessionStart(now(), afterStep.getAsLong() + 1)));
        }
        return new TensorBoardWriter(file);
    }

    /** TensorBoard reads files in the order of their names, so each start's number is above all before. */
    private static String nextName(Path folder) {
        long number = System.currentTimeMillis() / MILLIS_PER_SECOND;
        try (Stream<Path> entries = Files.list(folder)) {
            long last = entries.map(entry -> NAME.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(0);
            number = Math.max(number, last + 1);
        } catch (IOException e) {
            throw IoErrors.cannotRead(folder, e);
        }
        return "events.out.tfevents.%010d.%s.%d"
                .formatted(number, Host.name(), ProcessHandle.current().pid());
    }

    private static double now() {
        return System.currentTimeMillis() / (double) MILLIS_PER_SECOND;
    }
}
