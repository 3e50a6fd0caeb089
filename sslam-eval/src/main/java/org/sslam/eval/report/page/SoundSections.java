package org.sslam.eval.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.core.UserException;
import org.sslam.eval.probe.EncoderComparison;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.input.EmbeddedClips;
import org.sslam.eval.report.input.EmbeddedSounds;
import org.sslam.eval.report.input.Examples;
import org.sslam.eval.report.input.RecordedSounds;
import org.sslam.eval.report.section.MapSection;
import org.sslam.eval.report.section.SoundsSection;
import org.sslam.models.zoo.EncoderZoo;

/**
 * Sections that need sounds: examples with their mixtures, and the map. What was shown once is not shown again.
 *
 * <p>What a configuration names may be gone, broken or something else by now: then a notice says so, and the rest of the
 * page is made. Only what the options name must be there.
 */
final class SoundSections {
    private final ReportOptions options;
    private final Consumer<String> notices;
    private final EncoderComparison.Watcher watcher;
    private final Set<String> shown = new HashSet<>();

    SoundSections(ReportOptions options, Consumer<String> notices, EncoderComparison.Watcher watcher) {
        this.options = options;
        this.notices = notices;
        this.watcher = watcher;
    }

    /**
     * @param source what messages call the run or result
     * @param config its configuration as YAML
     * @param run folder of the run, which may hold an encoder
     */
    List<Section> of(String source, String config, Optional<Path> run) {
        if (options.examples() == 0 && options.mapClips() == 0) {
            return List.of();
        }
        Optional<RecordedSounds> sounds = options.data().isPresent()
                ? options.data().map(path -> RecordedSounds.at(path, source, config))
                : recorded(source, config);
        List<Section> sections = new ArrayList<>();
        sounds.flatMap(this::examples).ifPresent(sections::add);
        if (options.mapClips() > 0) {
            map(source, config, sounds, run).ifPresent(sections::add);
        }
        return sections;
    }

    private Optional<RecordedSounds> recorded(String source, String config) {
        try {
            Optional<RecordedSounds> sounds = RecordedSounds.of(source, config);
            if (sounds.isEmpty()) {
                notices.accept(source + ": its sounds are not here, so none are shown; give them with --data");
            }
            return sounds;
        } catch (UserException e) {
            notices.accept(source + ": its sounds are not shown; give them with --data (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private Optional<Section> examples(RecordedSounds sounds) {
        if (options.examples() == 0 || !shown.add(sounds.clips().description())) {
            return Optional.empty();
        }
        List<Examples.Example> examples = Examples.choose(
                sounds.clips(), new FrontEnd(sounds.frontEnd()), options.examples(), options.seed(), notices);
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of(new SoundsSection(examples, sounds.frontEnd(), options.seed()));
    }

    private Optional<Section> map(String source, String config, Optional<RecordedSounds> sounds, Optional<Path> run) {
        if (options.features().isPresent()) {
            return embedded(options.features().get(), sounds);
        }
        if (sounds.isEmpty()) {
            return Optional.empty();
        }
        if (options.encoder().isPresent()) {
            return encoded(sounds.get(), options.encoder().get());
        }
        Optional<Path> encoder = run.flatMap(EncoderZoo::find).or(() -> RecordedSounds.encoder(source, config));
        if (encoder.isEmpty()) {
            notices.accept(source + ": no encoder is here, so there is no map; name one with --encoder");
            return Optional.empty();
        }
        try {
            return encoded(sounds.get(), encoder.get());
        } catch (UserException e) {
            notices.accept(source + ": there is no map; name another encoder with --encoder (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private Optional<Section> encoded(RecordedSounds sounds, Path encoder) {
        ClipSource clips = spread(sounds.clips(), options.mapClips());
        if (!shown.add(encoder + "\n" + clips.description())) {
            return Optional.empty();
        }
        EmbeddedSounds embedded = watcher.over("map", listener -> EmbeddedSounds.of(clips, encoder, notices, listener));
        return drawn(embedded.clips(), embedded.vectorsND(), encoder);
    }

    /** Vectors do not know labels; clips of the same ids among the sounds do. */
    private Optional<Section> embedded(Path features, Optional<RecordedSounds> sounds) {
        if (!shown.add(features.toString())) {
            return Optional.empty();
        }
        EmbeddedClips embedded = EmbeddedClips.read(features, options.mapClips());
        Map<String, Clip> byId = new HashMap<>();
        sounds.ifPresent(known -> known.clips().clips().forEach(clip -> byId.put(clip.id(), clip)));
        List<Clip> clips = embedded.clips().stream()
                .map(clip -> byId.getOrDefault(clip.id(), clip))
                .toList();
        return drawn(clips, embedded.vectorsND(), features);
    }

    private Optional<Section> drawn(List<Clip> clips, float[][] featuresND, Path from) {
        try {
            return Optional.of(new MapSection(clips, featuresND, from.toString()));
        } catch (IllegalArgumentException e) {
            notices.accept("no map of the features of " + from + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Clips from all over a source, whatever order it has. */
    private static ClipSource spread(ClipSource source, int most) {
        if (source.size() <= most || most == 0) {
            return source;
        }
        List<Clip> chosen = new ArrayList<>();
        for (long i = 0; i < most; i++) {
            chosen.add(source.clip((int) (i * source.size() / most)));
        }
        return ClipSources.of(most + " clips of " + source.description(), chosen);
    }
}
