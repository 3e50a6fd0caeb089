package org.sslam.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sslam.core.io.IoErrors;

/** Lists of numbers or texts as a checkpoint keeps them beside its tensors: JSON in one line. */
final class ListFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ListFile() {}

    static <T> List<T> read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), JSON.getTypeFactory().constructCollectionType(List.class, type));
        } catch (IOException e) {
            throw IoErrors.cannotRead(file, e);
        }
    }

    static String text(List<?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of numbers or texts is JSON", e);
        }
    }
}
