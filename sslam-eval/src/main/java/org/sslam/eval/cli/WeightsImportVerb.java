package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.sslam.audio.data.Labels;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.zoo.ImportOptions;
import org.sslam.models.zoo.PositionFit;
import org.sslam.models.zoo.WeightImport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam weights import}: a published file becomes a folder that every verb takes. */
@Command(
        name = "import",
        description = {
            "Turn a published weight file into an encoder folder: sizes, front-end, weights, model card.",
            "Reads SSLAM and EAT (fairseq, Hugging Face), Audio-MAE (.pth) and MW-MAE (flax).",
            "Missing, misshapen and left-over tensors are named; nothing is written then."
        },
        footer = {"", "Example: sslam weights import checkpoint_last.pt --output weights/eat"})
final class WeightsImportVerb extends Verb {
    @Parameters(paramLabel = "FILE|DIR", description = "weight file, or a folder with one")
    private Path source;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "folder to be made")
    private Path output;

    @Option(names = "--kind", paramLabel = "NAME", description = "kind of the file; found out by default")
    private String kind;

    @ArgGroup
    private Network network = new Network();

    /** Which network of the file. */
    static final class Network {
        @Option(names = "--student", description = "the network that was trained (default)")
        private boolean student;

        @Option(names = "--teacher", description = "its average, where the file has one")
        private boolean teacher;
    }

    @Option(
            names = "--positions",
            paramLabel = "HOW",
            description = "what may be done to a position table of another length: exact (nothing), cut or interpolate;"
                    + " default: ${DEFAULT-VALUE}",
            defaultValue = "exact")
    private PositionFit positions;

    @Option(names = "--frames", paramLabel = "N", description = "frames of a clip; default: what the table is made for")
    private Integer frames;

    @Option(names = "--mel-bins", paramLabel = "N", description = "mel bins; default: what the table gives away")
    private Integer melBins;

    @Option(names = "--mean", description = "mean of the log-mels it was trained on; default: that of the kind")
    private Double mean;

    @Option(names = "--std", description = "their standard deviation; default: that of the kind")
    private Double std;

    @Option(names = "--heads", paramLabel = "N", description = "attention heads, where neither file nor width tells")
    private Integer heads;

    @Option(
            names = "--keep-decoder",
            description = "keep the decoder too, and the teacher of SSLAM, as initFrom and reconstruct need")
    private boolean keepDecoder;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "keep the head of a fine-tuned network, whose classes these are: lines 'index,label,name', or"
                    + " AudioSet's class_labels_indices.csv; the folder is then a model for 'sslam evaluate'")
    private Path classes;

    @Option(names = "--single", description = "with --classes: a clip has one class (default: any number)")
    private boolean single;

    @Option(
            names = "--pooling",
            paramLabel = "HOW",
            description = "with --classes: what the head sees, cls, mean or lin_softmax; default: what published"
                    + " heads of the family see, cls for SSLAM and mean for Audio-MAE")
    private Classifier.Pooling pooling;

    @Option(names = "--ignore-extra", description = "leave out tensors that have no place")
    private boolean ignoreExtra;

    @Option(
            names = "--card",
            paramLabel = "ENTRY=TEXT",
            description =
                    "say this in the model card instead of what is published: what, data, licence, metric, source")
    private Map<String, String> card = new LinkedHashMap<>();

    @Override
    public Integer call() {
        if (atMostZero(frames) || atMostZero(melBins) || atMostZero(heads)) {
            throw usage("--frames, --mel-bins and --heads must be at least 1");
        }
        if (classes == null && (single || pooling != null)) {
            throw usage("--single and --pooling say how to read a head; give its --classes, or leave them out");
        }
        ImportOptions options = new ImportOptions(
                Optional.ofNullable(kind),
                network.teacher,
                positions,
                optional(frames),
                optional(melBins),
                optional(mean),
                optional(std),
                optional(heads),
                keepDecoder,
                ignoreExtra,
                card,
                head());
        WeightImport.Report report = WeightImport.run(source, output, options);
        report.notes().forEach(note -> err().println(note));
        out().println(report.folder() + ": " + report.kind().title());
        return Main.OK;
    }

    private Optional<ImportOptions.Head> head() {
        if (classes == null) {
            return Optional.empty();
        }
        Labels labels = Labels.fromDescriptors(classes);
        try {
            return Optional.of(new ImportOptions.Head(labels, single, Optional.ofNullable(pooling)));
        } catch (IllegalArgumentException e) {
            throw usage("--pooling: " + e.getMessage());
        }
    }

    private static boolean atMostZero(Integer number) {
        return number != null && number < 1;
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static OptionalDouble optional(Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
