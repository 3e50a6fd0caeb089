package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.pack.PackOptions;
import org.sslam.audio.pack.ShardPacker;
import org.sslam.audio.shard.BrokenClip;
import org.sslam.audio.shard.ShardCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sslam data pack}: a data set becomes tar files of about a gigabyte, to be read in long runs. */
@Command(
        name = "pack",
        description = {
            "Pack a data set into shards: tar files of sounds at one rate, with an index beside each.",
            "Every verb and configuration reads the folder in place of the data set."
        },
        footer = {
            "",
            "Writes DIR/shard-000000.tar (KEY.flac or KEY.wav, KEY.json, perhaps KEY.mel.npy) with",
            "shard-000000.index.json, shards.json and broken.tsv. Clips that cannot be decoded are listed and left out,",
            "up to a limit. The same command goes on after a kill, and after broken clips were mended, and ends with the",
            "same bytes.",
            "Example: sslam data pack /data/audioset/train.csv --output shards/as2m --threads 8"
        })
final class DataPackVerb extends Verb {
    private static final PackOptions STANDARD = PackOptions.standard();
    private static final int SHOWN = 5;

    @Mixin
    private DataInput data;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "folder of the set")
    private Path output;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            description = "of the sounds: ${COMPLETION-CANDIDATES} (16 bit both); default: flac")
    private ShardCodec codec = STANDARD.codec();

    @Option(names = "--rate", paramLabel = "HZ", description = "rate that sounds are resampled to; default: 16000")
    private int rateHz = STANDARD.sampleRateHz();

    @Option(
            names = "--log-mel",
            paramLabel = "KIND",
            description = "store log-mels too, in half precision, for data.logMel=stored: ${COMPLETION-CANDIDATES}")
    private Optional<FrontEndKind> logMel = Optional.empty();

    @Option(names = "--shard-mb", paramLabel = "N", description = "length of a shard, 10^6 bytes; default: 1000")
    private int shardMegabytes = STANDARD.shardMegabytes();

    @Option(names = "--seed", paramLabel = "N", description = "of the order of packing; default: 0")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--in-order", description = "pack in the data set's order instead of a shuffled one")
    private boolean inOrder;

    @Option(
            names = "--quarantine-limit",
            paramLabel = "SHARE",
            description = "share of broken clips above which packing stops, 0 to 1; default: 0.01")
    private double quarantineLimit = STANDARD.quarantineLimit().share();

    @Override
    public Integer call() {
        PackOptions options = options();
        data.refuseInside(output);
        ClipSource source = data.open();
        ShardPacker packer = new ShardPacker(options, AudioDecoders.standard(), data.threads());
        ShardPacker.Summary summary = PassProgress.over("pack", listener -> packer.pack(source, output, listener));
        out().printf(
                        Locale.ROOT,
                        "%d clips, %.1f h of sound, in %d shards of %.1f MB altogether (%d newly written)%n",
                        summary.clips(),
                        summary.seconds() / 3600,
                        summary.shards(),
                        summary.bytes() / 1e6,
                        summary.newShards());
        summary.broken().stream().limit(SHOWN).map(BrokenClip::toString).forEach(line -> err().println(
                        "left out: " + line));
        out().println("left out: " + summary.broken().size() + " (" + output.resolve(ShardPacker.BROKEN) + ")");
        if (!summary.clipped().isEmpty()) {
            out().println("beyond full scale, cut off at 16 bits: "
                    + summary.clipped().size() + " clips, the first "
                    + summary.clipped().get(0));
        }
        out().println("data.path: " + output);
        return Main.OK;
    }

    private PackOptions options() {
        if (inOrder && seed.isPresent()) {
            throw usage("--seed and --in-order exclude each other");
        }
        try {
            return new PackOptions(
                            codec,
                            rateHz,
                            logMel.map(kind ->
                                    kind == FrontEndKind.KALDI ? FrontEndConfig.audioSet() : FrontEndConfig.mwmae()),
                            shardMegabytes,
                            inOrder ? OptionalLong.empty() : OptionalLong.of(seed.orElse(0L)))
                    .withQuarantineLimit(quarantineLimit);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }
}
