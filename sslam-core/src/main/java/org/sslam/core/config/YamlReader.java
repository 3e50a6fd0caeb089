package org.sslam.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document (core schema) with line numbers; refuses tags, duplicate keys, several documents, and
 * files that are too deep, too large or blow up through aliases.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 32;
    private static final int MAX_VALUES = 100_000;

    private record Anchored(ConfigNode node, int values) {}

    private final IntFunction<Place> places;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Iterator<Event> events;
    private int aliases;
    private int values;

    private YamlReader(String text, IntFunction<Place> places) {
        this.places = places;
        this.events =
                new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    /**
     * @param places from a line number (from 1) to what an error shall call that place
     */
    static ConfigNode read(String text, IntFunction<Place> places) {
        try {
            return new YamlReader(text, places).document();
        } catch (MarkedYamlEngineException e) {
            Place place = places.apply(e.getProblemMark().map(Mark::getLine).orElse(0) + 1);
            throw place.error("is not valid YAML: " + oneLine(e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw places.apply(1).error("is not valid YAML: " + oneLine(e.getMessage()), e);
        }
    }

    private ConfigNode document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return new ConfigNode.Scalar(null, "", places.apply(1));
        }
        Event first = events.next();
        ConfigNode root = node(first, place(first), 1);
        events.next();
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw place(last).error("a second document begins; a configuration has one");
        }
        return root;
    }

    private ConfigNode node(Event event, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw place(event).error("nested deeper than " + MAX_DEPTH + " levels");
        }
        int before = values;
        if (event instanceof AliasEvent alias) {
            return aliased(alias, place);
        }
        count(place, 1);
        ConfigNode node;
        if (event instanceof ScalarEvent scalar) {
            noTag(scalar.getTag(), place);
            node = CoreScalars.scalar(scalar.getValue(), scalar.isPlain(), place);
        } else if (event instanceof SequenceStartEvent sequence) {
            noTag(sequence.getTag(), place);
            node = items(place, depth);
        } else if (event instanceof MappingStartEvent mapping) {
            noTag(mapping.getTag(), place);
            node = section(place, depth);
        } else {
            throw new IllegalStateException("unexpected YAML event " + event);
        }
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(node, values - before)));
        return node;
    }

    private ConfigNode aliased(AliasEvent alias, Place place) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw place.error("alias *" + alias.getAlias() + " has no anchor before it");
        }
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw place.error("more than " + MAX_ALIASES + " aliases");
        }
        count(place, anchored.values());
        return anchored.node();
    }

    private ConfigNode items(Place place, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, place(event), depth + 1));
        }
        return new ConfigNode.Items(List.copyOf(items), place);
    }

    private ConfigNode section(Place place, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Place keyPlace = place(event);
            if (!(event instanceof ScalarEvent key)) {
                throw keyPlace.error("a key must be plain text");
            }
            noTag(key.getTag(), keyPlace);
            ConfigNode value = node(events.next(), keyPlace, depth + 1);
            ConfigNode earlier = entries.putIfAbsent(key.getValue(), value);
            if (earlier != null) {
                throw keyPlace.error("duplicate key '" + key.getValue() + "', first given at " + earlier.place());
            }
        }
        return new ConfigNode.Section(entries, place);
    }

    private void count(Place place, int more) {
        values += more;
        if (values > MAX_VALUES) {
            throw place.error("more than " + MAX_VALUES + " values");
        }
    }

    private static void noTag(Optional<String> tag, Place place) {
        if (tag.isPresent()) {
            throw place.error("the tag '" + tag.get() + "' is not allowed; write plain values");
        }
    }

    private Place place(Event event) {
        return places.apply(event.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ").strip();
    }
}
