package org.sslam.audio.ontology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sslam.core.UserException;

class DistinctEventsTest {
    /**
     * <pre>
     * animal - pet - dog - bark        music
     *        \ wild - wolf - howl      vehicle - car - horn, alarm - horn
     * (dog and wolf both have the child howl)
     * </pre>
     */
    private static final String ONTOLOGY =
            "[{\"id\": \"animal\", \"name\": \"Animal\", \"child_ids\": [\"pet\", \"wild\"]},"
                    + "{\"id\": \"pet\", \"name\": \"Pet\", \"child_ids\": [\"dog\"]},"
                    + "{\"id\": \"dog\", \"name\": \"Dog\", \"child_ids\": [\"bark\", \"howl\"]},"
                    + "{\"id\": \"bark\", \"name\": \"Bark\", \"child_ids\": []},"
                    + "{\"id\": \"wild\", \"name\": \"Wild\", \"child_ids\": [\"wolf\"]},"
                    + "{\"id\": \"wolf\", \"name\": \"Wolf\", \"child_ids\": [\"howl\"]},"
                    + "{\"id\": \"howl\", \"name\": \"Howl\", \"child_ids\": []},"
                    + "{\"id\": \"music\", \"name\": \"Music\", \"child_ids\": []}]";

    @TempDir
    Path folder;

    private Ontology ontology;

    @BeforeEach
    void read() throws IOException {
        ontology = Ontology.read(Files.writeString(folder.resolve("ontology.json"), ONTOLOGY));
    }

    @Test
    void relativesWithinHops() {
        assertEquals(Set.of("dog", "wolf"), ontology.ancestors("howl", 1));
        assertEquals(Set.of("dog", "wolf", "pet", "wild", "animal"), ontology.ancestors("howl", 3));
        assertEquals(Set.of("pet", "wild", "dog", "wolf"), ontology.descendants("animal", 2));
        assertEquals(Set.of(), ontology.descendants("animal", 0));
        assertEquals(3, ontology.depth("bark"));
        assertEquals(0, ontology.depth("music"));
        assertEquals("dog", ontology.id("Dog").orElseThrow());
        assertTrue(ontology.id("lion").isEmpty());
    }

    /** Every expected number is counted by hand from the picture above. */
    @ParameterizedTest
    @CsvSource({
        // Only the chain of neighbours: pet goes with dog, bark goes with dog.
        "label-order,         pet dog bark,         1, 2",
        "label-order,         dog pet bark,         1, 1",
        "label-order,         pet dog bark,         2, 1",
        "reversed,            pet dog bark,         1, 2",
        "reversed,            pet bark dog,         1, 1",
        // The deepest is bark: dog goes, pet stays; the shallowest is pet: dog goes, bark stays.
        "deepest-first,       dog pet bark,         1, 2",
        "shallowest-first,    dog pet bark,         1, 2",
        // Deepest: howl takes dog and wolf. Shallowest: dog takes howl, wolf stays.
        "deepest-first,       dog wolf howl,        1, 1",
        "shallowest-first,    dog wolf howl,        1, 2",
        "label-order,         dog wolf howl,        1, 2",
        "reversed,            dog wolf howl,        1, 1",
        "without-descendants, pet dog bark,         1, 1",
        "without-descendants, dog wolf howl,        1, 1",
        "without-ancestors,   dog wolf howl,        1, 2",
        "without-ancestors,   pet dog bark,         1, 1",
        "without-relatives,   pet dog bark,         1, 0",
        "without-relatives,   pet dog music,        1, 1",
        "components,          pet dog bark,         1, 1",
        "components,          dog wolf howl music,  1, 2",
        "components,          pet bark,             1, 2",
        "components,          pet bark,             2, 1",
        // Siblings are no relatives at any distance.
        "label-order,         dog wolf,             9, 2",
        "components,          dog wolf,             9, 2",
        "label-order,         animal howl,          2, 2",
        "label-order,         animal howl,          3, 1",
        "label-order,         animal howl music,    3, 2",
        "label-order,         pet dog,              0, 2",
        "label-order,         music,                3, 1",
    })
    void everyReadingCountsByHand(String reading, String labels, int hops, int expected) {
        Reading named = Reading.valueOf(reading.toUpperCase().replace('-', '_'));
        assertEquals(reading, named.label());
        assertEquals(expected, new DistinctEvents(ontology, named, hops).count(List.of(labels.split(" "))));
    }

    @Test
    void sharesOfASegmentsTable() throws IOException {
        Path segments = Files.writeString(
                folder.resolve("segments.csv"),
                "# Segments csv created Sun Mar  5 10:54:25 2017\n"
                        + "# num_ytids=4\n"
                        + "# YTID, start_seconds, end_seconds, positive_labels\n"
                        + "aaaaaaaaaaa, 0.000, 10.000, \"pet,dog\"\n"
                        + "bbbbbbbbbbb, 0.000, 10.000, \"pet,bark\"\n"
                        + "ccccccccccc, 0.000, 10.000, \"dog,music\"\n"
                        + "ddddddddddd, 0.000, 10.000, \"music\"\n");
        PolyphonyTable table = PolyphonyTable.of(
                segments, ontology, List.of(Reading.LABEL_ORDER, Reading.WITHOUT_RELATIVES), List.of(0, 1), 1);
        assertEquals(4, table.clips());
        assertEquals(3, table.multiLabel());
        assertEquals(
                "reading,level,hops,clips,polyphonic,percent\n"
                        + "label-order,0,1,4,2,50.000\n"
                        + "label-order,1,2,4,1,25.000\n"
                        + "without-relatives,0,1,4,2,50.000\n"
                        + "without-relatives,1,2,4,1,25.000\n",
                table.csv());
        assertEquals(75, table.percent(table.multiLabel()));
    }

    @Test
    void listsWithNamesWillDo() throws IOException {
        Path list = Files.writeString(
                folder.resolve("list.csv"), "path,labels\na.wav,Pet;Dog\nb.wav,Dog;Music\nc.wav,lion\n");
        String message = assertThrows(
                        UserException.class,
                        () -> PolyphonyTable.of(list, ontology, List.of(Reading.LABEL_ORDER), List.of(1), 1))
                .getMessage();
        assertEquals("label 'lion' of clip c.wav is neither an id nor a name of the ontology", message);
        Files.writeString(list, "path,labels\na.wav,Pet;Dog\nb.wav,Dog;Music\n");
        PolyphonyTable table = PolyphonyTable.of(list, ontology, List.of(Reading.LABEL_ORDER), List.of(1), 1);
        assertEquals(1, table.rows().get(0).polyphonic());
        Path labels = Files.writeString(folder.resolve("train.lbl"), "a\tpet,dog\nb\tdog,music\n");
        assertEquals(table, PolyphonyTable.of(labels, ontology, List.of(Reading.LABEL_ORDER), List.of(1), 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | is not an ontology",
                "[] | is not an ontology",
                "[{ | not valid JSON",
                "[{\"id\": \"a\"}] | has no 'id' or no list 'child_ids'",
                "[{\"id\": \"a\", \"child_ids\": [\"b\"]}] | child b of a is not among the nodes",
                "[{\"id\": \"a\", \"child_ids\": []}, {\"id\": \"a\", \"child_ids\": []}] | node a is there twice",
                "[{\"id\": \"a\", \"child_ids\": [\"b\"]}, {\"id\": \"b\", \"child_ids\": [\"a\"]}] | no circles",
                "[{\"id\": \"a\", \"child_ids\": [\"b\"]}, {\"id\": \"b\", \"child_ids\": [\"c\"]},"
                        + " {\"id\": \"c\", \"child_ids\": [\"b\"]}] | no circles"
            })
    void brokenOntologiesAreNamed(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.json"), text);
        String message =
                assertThrows(UserException.class, () -> Ontology.read(file)).getMessage();
        assertTrue(message.contains(expected) && message.contains("broken.json"), message);
    }
}
