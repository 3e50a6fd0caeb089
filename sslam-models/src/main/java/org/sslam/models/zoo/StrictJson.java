package org.sslam.models.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.sslam.core.UserException;

/** Binds what others wrote to a record: every key known, every type right, no number that is missing. */
final class StrictJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    private StrictJson() {}

    /**
     * The record.
     *
     * @param what the node, for people
     * @param remedy what to do about it
     * @throws UserException if the node is none
     */
    static <R extends Record> R bind(JsonNode node, Class<R> type, String what, String remedy) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException cause
                    ? cause.getMessage()
                    : e.getOriginalMessage().lines().findFirst().orElse("");
            throw new UserException(what + " cannot be used: " + reason + "; " + remedy, e);
        }
    }

    /** The node of a record. */
    static JsonNode tree(Record value) {
        return JSON.valueToTree(value);
    }
}
