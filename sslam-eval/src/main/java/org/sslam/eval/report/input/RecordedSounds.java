package org.sslam.eval.report.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.split.SplitConfig;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import org.sslam.models.zoo.EncoderZoo;

/**
 * The sounds that a recorded configuration names, if they are on this machine.
 *
 * @param clips the sounds
 * @param frontEnd from waveform to log-mel without normalisation, as far as the configuration says
 */
public record RecordedSounds(ClipSource clips, FrontEndConfig frontEnd) {
    /** Lists of a task's folder with test clips; the last two hold them where each fold is left out once. */
    private static final List<String> LISTS = List.of("eval", "train", "labels");

    private static final List<String> EXTENSIONS = List.of(".csv", ".json", ".tsv");

    /** Sounds given by hand instead of those of the configuration. */
    public static RecordedSounds at(Path path, String source, String config) {
        return new RecordedSounds(ClipSources.open(DataConfig.at(path)), frontEnd(Config.parse(source, config)));
    }

    /**
     * The sounds of section {@code data}: its {@code path} or {@code list}, or a task's test clips: its {@code eval}, or
     * the list with them in its {@code folder}, of the folds that were left out.
     *
     * @param source what error messages call the configuration
     * @param config as YAML
     * @return empty if it names none, or they are not here
     * @throws UserException if they are here and cannot be used
     */
    public static Optional<RecordedSounds> of(String source, String config) {
        ConfigTree tree = Config.parse(source, config);
        return tree.section("data")
                .flatMap(RecordedSounds::clips)
                .filter(data -> Files.exists(data.path()))
                .map(data -> new RecordedSounds(ClipSources.open(data), frontEnd(tree)));
    }

    /**
     * The encoder or fine-tuned model that an evaluation's configuration names, if it is here.
     *
     * @param source what error messages call the configuration
     */
    public static Optional<Path> encoder(String source, String config) {
        ConfigTree tree = Config.parse(source, config);
        return tree.text("encoder").or(() -> tree.text("model")).map(Path::of).flatMap(EncoderZoo::find);
    }

    private static Optional<DataConfig> clips(ConfigTree data) {
        if (data.text("path").isPresent()) {
            return Optional.of(data.bind(DataConfig.class));
        }
        if (data.text("list").isPresent()) {
            return data.text("list").map(Path::of).map(DataConfig::at);
        }
        return data.text("eval").isPresent() || data.text("folder").isPresent()
                ? Optional.of(testClips(data.bind(SplitConfig.class)))
                : Optional.empty();
    }

    private static DataConfig testClips(SplitConfig split) {
        if (split.eval().isPresent()) {
            return split.at(split.eval().get());
        }
        Path folder = split.folder().orElseThrow();
        return split.at(listIn(folder).orElse(folder)).withFolds(split.folds());
    }

    private static Optional<Path> listIn(Path folder) {
        return LISTS.stream()
                .flatMap(list -> EXTENSIONS.stream().map(extension -> folder.resolve(list + extension)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** A task may record only what differs from its encoder's; the rest does not change pictures. */
    private static FrontEndConfig frontEnd(ConfigTree tree) {
        FrontEndConfig standard = FrontEndConfig.audioSet();
        Optional<ConfigTree> section = tree.section("frontEnd");
        try {
            // Of whatever kind the model's is: pictures begin where their players do, and are not normalised.
            return new FrontEndConfig(
                    FrontEndKind.KALDI,
                    (int) number(section, "sampleRateHz", standard.sampleRateHz()),
                    (int) number(section, "melBins", standard.melBins()),
                    (int) number(section, "frames", standard.frames()),
                    standard.mean(),
                    standard.std(),
                    standard.lengthPolicy(),
                    number(section, "frameMs", standard.frameMs()),
                    number(section, "hopMs", standard.hopMs()),
                    number(section, "lowHz", standard.lowHz()),
                    number(section, "highHz", standard.highHz()),
                    false,
                    false,
                    standard.augment());
        } catch (IllegalArgumentException e) {
            throw new UserException("the recorded frontEnd is impossible: " + e.getMessage(), e);
        }
    }

    private static double number(Optional<ConfigTree> section, String key, double standard) {
        return section.flatMap(s -> s.text(key)).map(Double::parseDouble).orElse(standard);
    }
}
