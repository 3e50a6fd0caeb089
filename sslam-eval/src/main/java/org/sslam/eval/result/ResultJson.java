package org.sslam.eval.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.sslam.core.UserException;
import org.sslam.core.run.Provenance;

/** From a result to the JSON of {@code docs/results.md} and back. Fields that are not known are passed over. */
final class ResultJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ResultJson() {}

    static ObjectNode of(EvaluationResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", ResultFile.FORMAT);
        node.put("task", result.task());
        node.put("mode", result.mode());
        node.put("system", result.system());
        node.put("metric", result.metric());
        ObjectNode coverage = node.putObject("coverage");
        coverage.put("found", result.coverage().found());
        coverage.put("expected", result.coverage().expected());
        coverage.put("judged", result.coverage().judged());
        coverage.put("folds", result.coverage().folds());
        coverage.put("ofFolds", result.coverage().ofFolds());
        ArrayNode runs = node.putArray("runs");
        result.runs().forEach(run -> runs.add(of(run)));
        ArrayNode classes = node.putArray("classes");
        result.classes().forEach(classes::add);
        node.set("provenance", tree(result.provenance().toJsonLine()));
        node.put("config", result.config());
        return node;
    }

    private static ObjectNode of(EvaluationRun run) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("seed", run.seed());
        run.fold().ifPresent(fold -> node.put("fold", fold));
        node.put("value", run.value());
        ObjectNode metrics = node.putObject("metrics");
        new TreeMap<>(run.metrics()).forEach((name, figure) -> {
            // JSON has no infinity, which is the d' of an AUC of 1.
            if (figure.isInfinite()) {
                metrics.put(name, figure.toString());
            } else {
                metrics.put(name, figure);
            }
        });
        ArrayNode curve = node.putArray("curve");
        run.curve().forEach(curve::add);
        node.put("chosenEpoch", run.chosenEpoch());
        node.put("scores", run.scores());
        run.choice().ifPresent(choice -> {
            node.put("monitored", lower(choice.monitored()));
            node.put("kept", lower(choice.kept()));
        });
        if (!run.testHash().isEmpty()) {
            node.put("testHash", run.testHash());
        }
        return node;
    }

    /** @throws UserException if the text is no result of this version */
    static EvaluationResult parse(Path file, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            String format = node.path("format").asText("");
            if (!format.equals(ResultFile.FORMAT)) {
                throw new UserException(file + " has format '" + format + "', not " + ResultFile.FORMAT
                        + "; it was written by another version or is another file");
            }
            List<EvaluationRun> runs = new ArrayList<>();
            for (JsonNode run : list(node, "runs")) {
                runs.add(run(run));
            }
            List<String> classes = new ArrayList<>();
            list(node, "classes").forEach(name -> classes.add(name.asText()));
            JsonNode coverage = node.required("coverage");
            return new EvaluationResult(
                    text(node, "task"),
                    text(node, "mode"),
                    text(node, "system"),
                    text(node, "metric"),
                    classes,
                    new Coverage(
                            whole(coverage, "found"),
                            whole(coverage, "expected"),
                            whole(coverage, "judged"),
                            whole(coverage, "folds"),
                            whole(coverage, "ofFolds")),
                    text(node, "config"),
                    Provenance.fromJson(
                            file + ", provenance", node.required("provenance").toString()),
                    runs);
        } catch (JsonProcessingException e) {
            throw malformed(
                    file,
                    "line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().replaceAll(": enable .*", ""));
        } catch (IllegalArgumentException e) {
            throw malformed(file, e.getMessage());
        }
    }

    private static EvaluationRun run(JsonNode node) {
        Map<String, Double> metrics = new TreeMap<>();
        node.required("metrics").properties().forEach(e -> metrics.put(e.getKey(), number(e.getKey(), e.getValue())));
        List<Double> curve = new ArrayList<>();
        list(node, "curve").forEach(value -> curve.add(number("curve", value)));
        return new EvaluationRun(
                node.required("seed").longValue(),
                node.hasNonNull("fold") ? OptionalInt.of(whole(node, "fold")) : OptionalInt.empty(),
                number("value", node.required("value")),
                metrics,
                curve,
                whole(node, "chosenEpoch"),
                text(node, "scores"),
                choice(node),
                node.hasNonNull("testHash") ? text(node, "testHash") : "");
    }

    private static Optional<EpochChoice> choice(JsonNode node) {
        return node.hasNonNull("kept")
                ? Optional.of(new EpochChoice(
                        EpochChoice.Monitored.valueOf(upper(node, "monitored")),
                        EpochChoice.Kept.valueOf(upper(node, "kept"))))
                : Optional.empty();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode node, String field) {
        return text(node, field).toUpperCase(Locale.ROOT);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a provenance record is JSON", e);
        }
    }

    private static JsonNode list(JsonNode node, String field) {
        JsonNode list = node.required(field);
        if (!list.isArray()) {
            throw new IllegalArgumentException(field + " is not a list");
        }
        return list;
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is " + value + ", not a text");
        }
        return value.textValue();
    }

    private static int whole(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(field + " is " + value + ", not a whole number");
        }
        return value.intValue();
    }

    private static double number(String field, JsonNode value) {
        if (value.isTextual() && value.textValue().matches("-?Infinity")) {
            return Double.parseDouble(value.textValue());
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(field + " is " + value + ", not a number");
        }
        return value.doubleValue();
    }

    private static UserException malformed(Path file, String reason) {
        return new UserException(
                file + " is not a result (" + reason.replaceAll("\\s+", " ") + "); restore it or evaluate again");
    }
}
