package org.sslam.audio.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.core.UserException;
import org.sslam.core.io.Hashes;
import org.sslam.core.io.IoErrors;

/**
 * A folder of shards as its {@value #FILE} names them.
 *
 * @param folder that holds everything
 * @param shards in their order
 * @param logMel how the stored log-mels were computed, as text; empty if there are none
 */
public record ShardSet(Path folder, List<Shard> shards, Optional<JsonNode> logMel) {
    /** Name of the file that makes a folder a set of shards. */
    public static final String FILE = "shards.json";
    /** Key of the shards in that file. */
    public static final String SHARDS = "shards";
    /** Key of the log-mel among the settings in that file. */
    public static final String LOG_MEL = "logMel";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * One line of the set.
     *
     * @param shard name of the tar file
     * @param bytes its length
     * @param sha256 of the tar file
     * @param clips how many it holds
     * @param indexSha256 of its index
     */
    public record Shard(String shard, long bytes, String sha256, int clips, String indexSha256) {
        /** Checks that the name is one inside the folder. */
        public Shard {
            if (shard == null || !ShardIndex.NAME.matcher(shard).matches() || sha256 == null || indexSha256 == null) {
                throw new IllegalArgumentException("a shard lacks its name or a hash");
            }
        }
    }

    /** Whether a folder is such a set, finished or not. */
    public static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Reads a set.
     *
     * @param path the folder or its {@value #FILE}
     * @throws UserException if it is missing, damaged or not finished
     */
    public static ShardSet read(Path path) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (!json.path("complete").isBoolean()) {
                throw new UserException(file + " does not describe shards: name a folder that 'data pack' made");
            }
            if (!json.path("complete").booleanValue()) {
                throw new UserException(folder + " is not packed to its end: run the same 'data pack' again");
            }
            List<Shard> shards = new ArrayList<>();
            for (JsonNode shard : json.path(SHARDS)) {
                shards.add(JSON.treeToValue(shard, Shard.class));
            }
            JsonNode logMel = json.path("settings").path(LOG_MEL);
            return new ShardSet(
                    folder, List.copyOf(shards), logMel.isObject() ? Optional.of(logMel) : Optional.empty());
        } catch (JsonProcessingException e) {
            throw new UserException(
                    file + " is damaged (" + e.getOriginalMessage().replaceAll("\\s+", " ")
                            + "): copy it again, or pack the data again",
                    e);
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    /** Where a shard lies. */
    public Path tar(Shard shard) {
        return folder.resolve(shard.shard());
    }

    /**
     * The index of a shard, checked against the set.
     *
     * @throws UserException if the shard or its index is missing, or is another than when the set was made
     */
    public ShardIndex index(Shard shard) {
        Path tar = tar(shard);
        Path file = ShardIndex.beside(tar);
        try {
            if (Files.size(tar) != shard.bytes()) {
                throw new UserException("shard " + tar + " has " + Files.size(tar) + " bytes, the set says "
                        + shard.bytes() + ": copy it again");
            }
            if (!Hashes.sha256(file).equals(shard.indexSha256())) {
                throw new UserException(
                        "shard index " + file + " is not the one that the set was made with: copy it" + " again");
            }
            ShardIndex index = OpenShards.index(tar);
            if (index.clips().size() != shard.clips() || index.bytes() != shard.bytes()) {
                throw new UserException(
                        "shard index " + file + " and " + folder.resolve(FILE) + " disagree: copy them" + " again");
            }
            return index;
        } catch (IOException e) {
            throw IoErrors.cannotRead(tar, e);
        }
    }
}
