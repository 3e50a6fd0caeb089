package org.sslam.audio.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of checking every file of a data set.
 *
 * @param source description of the data set
 * @param clips number of clips looked at
 * @param soundClips clips without any problem
 * @param totalSeconds sound in all decodable clips
 * @param sampleRatesHz number of clips by sample rate
 * @param labelCounts number of clips by label
 * @param problems everything found, in the order of the source
 * @param contentHash SHA-256 over ids and file bytes, equal on every machine
 */
public record VerifyReport(
        String source,
        int clips,
        int soundClips,
        double totalSeconds,
        SortedMap<Integer, Integer> sampleRatesHz,
        SortedMap<String, Integer> labelCounts,
        List<DataProblem> problems,
        String contentHash) {
    /** Copies the collections. */
    public VerifyReport {
        sampleRatesHz = new TreeMap<>(sampleRatesHz);
        labelCounts = new TreeMap<>(labelCounts);
        problems = List.copyOf(problems);
    }

    /** Whether nothing was found. */
    public boolean clean() {
        return problems.isEmpty();
    }

    /** How many clips have a problem of each kind; every kind is present. */
    public Map<DataProblem.Kind, Integer> counts() {
        Map<DataProblem.Kind, Integer> counts = new EnumMap<>(DataProblem.Kind.class);
        for (DataProblem.Kind kind : DataProblem.Kind.values()) {
            counts.put(kind, 0);
        }
        problems.forEach(problem -> counts.merge(problem.kind(), 1, Integer::sum));
        return counts;
    }

    /** The report for machines; numbers and names as in this record. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", source).put("clips", clips).put("soundClips", soundClips);
        json.put("totalSeconds", totalSeconds).put("contentHash", contentHash);
        ObjectNode counts = json.putObject("counts");
        counts().forEach((kind, count) -> counts.put(kind.label(), count));
        ObjectNode rates = json.putObject("sampleRatesHz");
        sampleRatesHz.forEach((rate, count) -> rates.put(String.valueOf(rate), count));
        ObjectNode labels = json.putObject("labels");
        labelCounts.forEach(labels::put);
        var list = json.putArray("problems");
        problems.forEach(problem -> list.addObject()
                .put("kind", problem.kind().label())
                .put("id", problem.id())
                .put("path", problem.path().toString())
                .put("detail", problem.detail()));
        return json;
    }
}
