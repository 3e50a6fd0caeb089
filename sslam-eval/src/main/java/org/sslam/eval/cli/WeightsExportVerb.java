package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sslam.models.zoo.WeightExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam weights export}: an encoder folder becomes a file that others read. */
@Command(
        name = "export",
        description = "Write an encoder's weights as safetensors with the published names, config.json and model card.",
        footer = {"", "Example: sslam weights export runs/sslam-stage2/encoder --output sslam.safetensors"})
final class WeightsExportVerb extends Verb {
    @Parameters(paramLabel = "DIR", description = "folder of an encoder")
    private Path folder;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE|DIR",
            description = "a name that ends in .safetensors, or a folder to be made")
    private Path output;

    @Option(
            names = "--kind",
            paramLabel = "NAME",
            description = "whose names the tensors get; default: those they were imported with")
    private String kind;

    @Option(
            names = "--card",
            paramLabel = "ENTRY=TEXT",
            description = "say this in the model card: what, data, licence, metric, source")
    private Map<String, String> card = new LinkedHashMap<>();

    @Override
    public Integer call() {
        WeightExport.Report report = WeightExport.run(folder, output, Optional.ofNullable(kind), card);
        report.files().forEach(file -> out().println(file));
        err().println("names as in " + report.kind().title());
        return Main.OK;
    }
}
