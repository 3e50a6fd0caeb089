package org.sslam.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/** Reads a file, the files it extends, and the overrides of a command line into one tree. */
final class ConfigLoader {
    private static final String EXTENDS = "extends";
    private static final long MAX_BYTES = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigLoader() {}

    static ConfigNode.Section load(Path yaml, List<String> overrides) {
        ConfigNode.Section tree = withBases(yaml, new LinkedHashSet<>(), null);
        for (String override : overrides) {
            tree = tree.mergedWith(override(override));
        }
        return tree;
    }

    /** The root section of a YAML text; nothing at all is an empty section. */
    static ConfigNode.Section parse(String source, String text) {
        ConfigNode root = YamlReader.read(text, line -> new Place(source, line));
        if (root instanceof ConfigNode.Section section) {
            return section;
        }
        if (root instanceof ConfigNode.Scalar scalar && scalar.isBlank()) {
            return new ConfigNode.Section(Map.of(), root.place());
        }
        throw root.place().error("must be 'key: value' lines, found " + root.describe());
    }

    private static ConfigNode.Section withBases(Path yaml, Set<Path> chain, Place wantedBy) {
        Path file = yaml.toAbsolutePath().normalize();
        if (chain.contains(file)) {
            String circle = chain.stream().map(p -> p.getFileName() + " -> ").collect(Collectors.joining());
            throw wantedBy.error("'" + EXTENDS + "' runs in a circle: " + circle + file.getFileName());
        }
        chain.add(file);
        ConfigNode.Section own = parse(yaml.toString(), text(yaml, wantedBy));
        ConfigNode base = own.entries().get(EXTENDS);
        if (base == null) {
            return own;
        }
        if (!(base instanceof ConfigNode.Scalar scalar && scalar.value() instanceof String name)) {
            throw base.place().error("'" + EXTENDS + "' must be the path of a YAML file, found " + base.describe());
        }
        Path basePath = yaml.resolveSibling(name).normalize();
        return withBases(basePath, chain, base.place()).mergedWith(own.without(EXTENDS));
    }

    private static String text(Path yaml, Place wantedBy) {
        try {
            if (!Files.isRegularFile(yaml)) {
                String what = Files.exists(yaml) ? "is not a file" : "does not exist; check the path";
                String named = wantedBy == null ? "" : wantedBy + ": extended ";
                throw new UserException(named + "configuration file " + yaml + " " + what);
            }
            if (Files.size(yaml) > MAX_BYTES) {
                throw new UserException(yaml + ": larger than 1 MB, hardly a configuration; check the path");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(yaml)))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserException(yaml + ": is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(yaml, e);
        }
    }

    /** A tree that holds only the key of {@code key.path=value}. */
    private static ConfigNode.Section override(String override) {
        Place place = new Place("override '" + override + "'", 0);
        int equals = override.indexOf('=');
        String path =
                equals < 0 ? override.strip() : override.substring(0, equals).strip();
        if (path.isEmpty()) {
            throw new UserException("override without key: '" + override + "'; write key.path=value");
        }
        if (equals < 0) {
            throw new UserException("override without value: '" + override + "'; write " + path + "=VALUE");
        }
        String[] keys = path.split("\\.", -1);
        ConfigNode value = YamlReader.read(override.substring(equals + 1), line -> place);
        ConfigNode.Section tree = single(keys[keys.length - 1], value, place);
        for (int i = keys.length - 2; i >= 0; i--) {
            tree = single(keys[i], tree, place);
        }
        return tree;
    }

    private static ConfigNode.Section single(String key, ConfigNode value, Place place) {
        if (key.isBlank()) {
            throw place.error("a part of the key is empty; write key.path=value");
        }
        return new ConfigNode.Section(Map.of(key, value), place);
    }
}
