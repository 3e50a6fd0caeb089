package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.sslam.SslamConfig;

/** The record that the {@code model} section of each family's description is. */
final class ModelRecords {
    private static final Map<String, Class<? extends Record>> TYPES =
            Map.of("sslam", SslamConfig.class, "audiomae", AudioMaeConfig.class, "mwmae", MwmaeConfig.class);

    private ModelRecords() {}

    /**
     * The same section, if it is one of the family.
     *
     * @throws org.sslam.core.UserException if it is not: an impossible size, an unknown key, a value of another type
     */
    static ObjectNode checked(String family, ObjectNode section) {
        StrictJson.bind(
                section,
                TYPES.get(family),
                "the sizes of this network",
                "mend " + WeightFile.CONFIG + " beside the weights, or say --heads or --mel-bins");
        return section;
    }
}
