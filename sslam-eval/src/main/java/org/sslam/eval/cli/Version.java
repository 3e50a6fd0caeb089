package org.sslam.eval.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.sslam.core.engine.Torch;
import picocli.CommandLine.IVersionProvider;

/** The version that was packaged, and that of the engine it needs. */
final class Version implements IVersionProvider {
    private static final String PACKAGED = "/META-INF/maven/org.sslam/sslam-eval/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"sslam " + ofProject() + " (libtorch " + Torch.LIBTORCH_VERSION + ")"};
    }

    /** The project's version, or {@code development build} when run from classes that were never packaged. */
    static String ofProject() throws IOException {
        try (InputStream packaged = Version.class.getResourceAsStream(PACKAGED)) {
            if (packaged == null) {
                return "development build";
            }
            Properties properties = new Properties();
            properties.load(packaged);
            return properties.getProperty("version");
        }
    }
}
