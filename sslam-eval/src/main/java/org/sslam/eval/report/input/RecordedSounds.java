package org.sslam.eval.report.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.core.UserException;
import org.sslam.core.config.Config;
import org.sslam.core.config.ConfigTree;
import org.sslam.models.sslam.EncoderFiles;

/**
 * The sounds that a recorded configuration names, if they are on this machine.
 *
 * @param clips the sounds
 * @param frontEnd from waveform to log-mel without normalisation, as far as the configuration says
 */
public record RecordedSounds(ClipSource clips, FrontEndConfig frontEnd) {
    private static final List<String> LISTS = List.of("path", "eval", "list");
    private static final List<String> TEST_LISTS = List.of("eval.csv", "eval.json", "eval.tsv");

    /** Sounds given by hand instead of those of the configuration. */
    public static RecordedSounds at(Path path, String source, String config) {
        return new RecordedSounds(ClipSources.open(DataConfig.at(path)), frontEnd(Config.parse(source, config)));
    }

    /**
     * The sounds of section {@code data}: its {@code path}, {@code eval}, {@code list} or the test clips of its {@code
     * folder}.
     *
     * @param source what error messages call the configuration
     * @param config as YAML
     * @return empty if it names none, or they are not here
     */
    public static Optional<RecordedSounds> of(String source, String config) {
        ConfigTree tree = Config.parse(source, config);
        Optional<ConfigTree> data = tree.section("data");
        Optional<Path> place = data.flatMap(RecordedSounds::place).filter(Files::exists);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = data.orElseThrow().text("path").isPresent();
        DataConfig asRecorded = whole ? data.orElseThrow().bind(DataConfig.class) : DataConfig.at(place.orElseThrow());
        return Optional.of(new RecordedSounds(ClipSources.open(asRecorded), frontEnd(tree)));
    }

    /**
     * The encoder that an evaluation's configuration names, if it is here.
     *
     * @param source what error messages call the configuration
     */
    public static Optional<Path> encoder(String source, String config) {
        return Config.parse(source, config).text("encoder").map(Path::of).flatMap(named -> Stream.of(
                        named, named.resolve("encoder"))
                .filter(folder -> Files.isRegularFile(folder.resolve(EncoderFiles.DESCRIPTION)))
                .findFirst());
    }

    private static Optional<Path> place(ConfigTree data) {
        for (String key : LISTS) {
            if (data.text(key).isPresent()) {
                return data.text(key).map(Path::of);
            }
        }
        return data.text("folder").map(Path::of).map(folder -> TEST_LISTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(folder));
    }

    /** A task may record only what differs from its encoder's; the rest does not change pictures. */
    private static FrontEndConfig frontEnd(ConfigTree tree) {
        FrontEndConfig standard = FrontEndConfig.audioSet();
        Optional<ConfigTree> section = tree.section("frontEnd");
        try {
            return new FrontEndConfig(
                    section.flatMap(s -> s.text("kind"))
                            .map(kind -> FrontEndKind.valueOf(kind.toUpperCase(Locale.ROOT)))
                            .orElse(standard.kind()),
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
