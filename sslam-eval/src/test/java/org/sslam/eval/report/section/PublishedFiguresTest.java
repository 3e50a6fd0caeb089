package org.sslam.eval.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {
    private static final PublishedFigures ALL = PublishedFigures.standard();

    private static double of(String system, String table, String task, String mode) {
        return ALL.of(task, mode).stream()
                .filter(f -> f.system().equals(system) && f.table().equals(table))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void figuresAreThoseOfThePaper() {
        assertEquals(0.502, of("SSLAM", "Table 1", "as2m", "finetune"), 1e-12);
        assertEquals(0.988, of("SSLAM", "Table 1", "ks1", "finetune"), 1e-12);
        assertEquals(0.956, of("BEATs iter3", "Table 1", "esc50", "finetune"), 1e-12);
        assertEquals(0.685, of("SSLAM", "Table 2", "spass-market", "linear"), 1e-12);
        assertEquals(0.139, of("MB-UA", "Table 2", "as20k", "linear"), 1e-12);
        assertEquals(0.714, of("SSLAM", "Table 2", "urban-sed", "linear"), 1e-12);
        assertEquals(0.697, of("SSLAM", "Table 3", "polyphony-14+", "linear"), 1e-12);
        assertEquals(0.873, of("MB-PMA", "Table 3", "polyphony-2-3", "finetune"), 1e-12);
        assertEquals(0.955, of("MB-PMA", "Table 9", "esc50", "finetune"), 1e-12);
        assertEquals(0.399, of("MixIT instead of source retention", "Appendix C", "as20k", "finetune"), 1e-12);
    }

    @Test
    void deviationsStandWhereTheyArePrinted() {
        PublishedFigures.Figure seeds = ALL.of("spass-street", "finetune").stream()
                .filter(f -> f.table().equals("Table 12") && f.system().equals("SSLAM"))
                .findFirst()
                .orElseThrow();
        assertEquals(0.8235, seeds.value(), 1e-12);
        assertEquals(0.0019, seeds.deviation().orElseThrow(), 1e-12);
    }

    @Test
    void whatIsNotPrintedIsNotThere() {
        assertTrue(ALL.of("ks1", "finetune").stream().noneMatch(f -> f.system().equals("EAT")));
        assertEquals(List.of(), ALL.of("esc50", "linear"));
        assertEquals(List.of(), ALL.of("my-own-sounds", "finetune"));
    }

    @Test
    void namesMayBeWrittenOtherwiseAndProbesStandBesideLinearFigures() {
        assertEquals(ALL.of("as20k", "finetune"), ALL.of("AS-20K", "finetune"));
        assertEquals(ALL.of("spass-park", "linear"), ALL.of("SPASS park", "probe"));
        assertTrue(ALL.of("polyphony-14", "linear").isEmpty(), "14 and more is not 14");
    }

    @Test
    void anotherNumberOfClassesIsAnotherTask() {
        assertEquals(Optional.empty(), ALL.caveat("ESC-50", 50));
        assertEquals(Optional.empty(), ALL.caveat("my-own-sounds", 10));
        assertEquals(Optional.empty(), ALL.caveat("polyphony-2-3", 10));
        assertTrue(ALL.caveat("ESC-50", 10).orElseThrow().contains("esc50 are for its 50 classes; this result has 10"));
        ALL.tables().stream()
                .flatMap(table -> table.tasks().stream())
                .filter(task -> !task.startsWith("polyphony"))
                .forEach(task -> assertTrue(ALL.classes().containsKey(task), task));
    }

    @Test
    void everyTableHasAsManyValuesAsColumns() {
        Set<String> tables = new TreeSet<>();
        for (PublishedFigures.PublishedTable table : ALL.tables()) {
            tables.add(table.table());
            for (PublishedFigures.PublishedRow row : table.rows()) {
                assertEquals(table.tasks().size(), row.values().size(), table.table() + ", " + row.system());
                if (row.deviations() != null) {
                    assertEquals(table.tasks().size(), row.deviations().size(), table.table());
                }
            }
        }
        assertEquals(
                new TreeSet<>(List.of(
                        "Table 1",
                        "Table 2",
                        "Table 3",
                        "Table 4",
                        "Table 5",
                        "Table 6",
                        "Table 9",
                        "Table 10",
                        "Table 11",
                        "Table 12",
                        "Appendix C")),
                tables);
    }
}
