package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.core.UserException;

/** Makes the front-end that belongs to weights: what is usual for a kind, with what is known better in its place. */
final class FrontEndSection {
    private static final String MEAN = "mean";
    private static final String STD = "std";

    /** What changes training clips belongs to a run, not to its weights. */
    private static final Set<String> TRAINING_ONLY = Set.of("augment", "rollAndMagnitude", "noise");

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern REAL = Pattern.compile("-?[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?");

    private FrontEndSection() {}

    /**
     * The front-end.
     *
     * @param kind says what is usual
     * @param beside what a configuration beside the weights says, which counts more; may be missing
     * @param options what the user says, which counts most
     * @throws UserException if that is no front-end
     */
    static FrontEndConfig of(WeightKind kind, JsonNode beside, ClipShape clip, ImportOptions options) {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        kind.frontEnd().forEach((key, text) -> put(section, key, text));
        beside.properties().stream()
                .filter(entry -> !TRAINING_ONLY.contains(entry.getKey()))
                .forEach(entry -> section.set(entry.getKey(), entry.getValue()));
        boolean normalises = options.mean().isPresent() || options.std().isPresent();
        if (normalises && section.path("kind").asText().equals(FrontEndKind.TORCHAUDIO.name())) {
            throw new UserException("these weights take each clip normalised by itself; leave out --mean and --std");
        }
        options.mean().ifPresent(mean -> section.put(MEAN, mean));
        options.std().ifPresent(std -> section.put(STD, std));
        section.put("frames", clip.frames());
        section.put("melBins", clip.melBins());
        return StrictJson.bind(
                section,
                FrontEndConfig.class,
                "the front-end of these weights",
                normalises ? "change --mean and --std" : "change --mel-bins, or mend " + WeightFile.CONFIG);
    }

    /** The front-end as it travels with exported weights. */
    static ObjectNode exported(JsonNode section, String folder) {
        FrontEndConfig frontEnd =
                StrictJson.bind(section, FrontEndConfig.class, "the front-end in " + folder, "restore the folder");
        ObjectNode node = (ObjectNode) StrictJson.tree(frontEnd);
        node.remove(TRAINING_ONLY);
        return node;
    }

    private static void put(ObjectNode section, String key, String text) {
        if (WHOLE.matcher(text).matches()) {
            section.put(key, Integer.parseInt(text));
        } else if (REAL.matcher(text).matches()) {
            section.put(key, Double.parseDouble(text));
        } else if (text.equals("true") || text.equals("false")) {
            section.put(key, Boolean.parseBoolean(text));
        } else {
            section.put(key, text);
        }
    }
}
