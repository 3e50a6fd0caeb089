package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.output.CsvWriter;
import org.sslam.core.engine.Torch;
import org.sslam.core.io.AtomicFiles;
import org.sslam.eval.analysis.HeadPass;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the analyses of networks share: clips, batches, and a place for results. */
final class AnalysisInput {
    @Mixin
    private DataInput data;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "clips at once; default: ${DEFAULT-VALUE}",
            defaultValue = "8")
    private int batch;

    @Option(
            names = "--seed",
            description = "of masks and of the tokens that are taken; default: ${DEFAULT-VALUE}",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "folder for picture and table; default: ${DEFAULT-VALUE}",
            defaultValue = "analysis")
    private Path out;

    long seed() {
        return seed;
    }

    boolean wrongBatch() {
        return batch < 1;
    }

    /** Runs passes over all clips, with progress. */
    void over(String task, Consumer<HeadPass> passes) {
        Torch.start();
        LoaderOptions options = LoaderOptions.evaluation(batch).withData(data.config());
        PassProgress.over(task, progress -> {
            passes.accept(new HeadPass(data.open(), options, progress));
            return null;
        });
    }

    Path picture(String name) {
        return picture(out, name);
    }

    static Path picture(Path folder, String name) {
        return folder.resolve(name + ".png");
    }

    /** Writes a table and says where it and its picture lie. */
    String table(String name, List<String> header, List<List<Object>> rows) {
        return table(out, name, header, rows);
    }

    static String table(Path folder, String name, List<String> header, List<List<Object>> rows) {
        StringBuilder text = new StringBuilder();
        CsvWriter csv = new CsvWriter(text, header.toArray(String[]::new));
        rows.forEach(csv::row);
        Path file = folder.resolve(name + ".csv");
        AtomicFiles.writeString(file, text.toString());
        return "table:   " + file + System.lineSeparator() + "picture: " + picture(folder, name);
    }
}
