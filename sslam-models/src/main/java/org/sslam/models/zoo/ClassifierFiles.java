package org.sslam.models.zoo;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.audio.data.Labels;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Weights;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.encoder.TokenEncoder;

/**
 * A fine-tuned classifier as a folder: {@code model.json} with sizes, front-end, pooling and classes, and its weights.
 *
 * <p>Everything that decides what it says of a clip is inside; nothing of the training run is needed.
 */
public final class ClassifierFiles {
    private static final String WHAT = "a classifier";
    private static final String HEAD_WEIGHT = "head.weight";

    private ClassifierFiles() {}

    /**
     * What a folder holds.
     *
     * @param classifier with its weights
     * @param frontEnd what its input must look like
     * @param labels its classes
     * @param notes what the training wrote down about itself, by name
     */
    public record Loaded(Classifier classifier, FrontEndConfig frontEnd, Labels labels, Map<String, String> notes) {
        /** Keeps its own copy. */
        public Loaded {
            notes = Map.copyOf(notes);
        }
    }

    /**
     * Writes a folder: complete under its name, or not there.
     *
     * @param texts further files by name and content
     */
    public static void save(Path folder, Loaded model, Map<String, String> texts) {
        Classifier classifier = model.classifier();
        ObjectNode node = ModelFolder.description(
                TokenEncoders.of(classifier.encoder()).classifierFormat(),
                classifier.encoder().sizes(),
                model.frontEnd());
        putHead(node, classifier.pooling(), new About(model.labels(), model.notes()));
        ModelFolder.write(folder, node, classifier.state(), texts);
    }

    /** Adds what a classifier's description says beside sizes and front-end. */
    static void putHead(ObjectNode description, Classifier.Pooling pooling, About about) {
        description.put("pooling", pooling.name());
        description.set("labels", ModelFolder.JSON.valueToTree(about.labels().names()));
        description.set(
                "displayNames", ModelFolder.JSON.valueToTree(about.labels().displayNames()));
        description.set("notes", ModelFolder.JSON.valueToTree(about.notes()));
    }

    /**
     * What a classifier's description says.
     *
     * @param labels its classes
     * @param notes on its training, by name
     */
    public record About(Labels labels, Map<String, String> notes) {}

    /**
     * Reads a description, not the weights.
     *
     * @param folder written by {@link #save}
     * @throws UserException if the folder holds no classifier
     */
    public static About about(Path folder) {
        try {
            return about(description(folder));
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA(WHAT, folder, e.getMessage(), e);
        }
    }

    private static About about(JsonNode node) {
        Map<String, String> notes = new LinkedHashMap<>();
        node.path("notes")
                .properties()
                .forEach(e -> notes.put(e.getKey(), e.getValue().asText()));
        return new About(Labels.of(texts(node.required("labels")), texts(node.required("displayNames"))), notes);
    }

    private static JsonNode description(Path folder) {
        return ModelFolder.read(
                folder,
                TokenEncoders.classifierFormats(),
                WHAT,
                "name the folder 'model' of a finished fine-tuning run");
    }

    /**
     * Loads a classifier.
     *
     * @param folder written by {@link #save}
     * @throws UserException if the folder holds no classifier, its weights do not fit its description, or its head has
     *     another size than its list of classes
     */
    public static Loaded load(NDManager manager, Path folder) {
        JsonNode node = description(folder);
        try {
            FrontEndConfig frontEnd = ModelFolder.JSON.treeToValue(node.required("frontEnd"), FrontEndConfig.class);
            About about = about(node);
            Classifier.Pooling pooling =
                    Classifier.Pooling.valueOf(node.required("pooling").asText());
            ModelFolder.checkHash(folder, node);
            Path weights = folder.resolve(ModelFolder.WEIGHTS);
            checkHead(weights, about.labels().size(), folder.resolve(ModelFolder.DESCRIPTION) + " names");
            Init init = new Init(manager);
            TokenEncoder encoder = TokenEncoders.ofClassifier(node).create(init, node, frontEnd);
            Classifier classifier = new Classifier(init, encoder, about.labels().size(), pooling, Classifier.HEAD_STD);
            Weights.read(weights, classifier.state(), false);
            return new Loaded(classifier, frontEnd, about.labels(), about.notes());
        } catch (JsonProcessingException e) {
            throw ModelFolder.notA(WHAT, folder, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.notA(WHAT, folder, e.getMessage(), e);
        }
    }

    /**
     * Refuses weights whose head has another number of classes.
     *
     * @param expected who says how many there should be
     */
    public static void checkHead(Path weights, int classes, String expected) {
        try (SafetensorsFile file = Safetensors.open(weights)) {
            long[] shape =
                    file.names().contains(HEAD_WEIGHT) ? file.info(HEAD_WEIGHT).shape() : new long[0];
            if (shape.length == 2 && shape[0] != classes) {
                throw new UserException("the head in " + weights + " has " + shape[0] + " classes, " + expected + " "
                        + classes + "; use the classes it was trained with, or train a new head");
            }
            if (shape.length != 2) {
                throw new UserException(weights + " holds no head (" + HEAD_WEIGHT + " is "
                        + (shape.length == 0 ? "missing" : "of shape " + Arrays.toString(shape))
                        + "); name the folder 'model' of a finished fine-tuning run");
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
