package org.sslam.core.fuzz;

import org.sslam.core.io.TensorFile;

/** Reads all that a file of tensors has. */
public final class TensorFiles {
    private TensorFiles() {}

    /** Every value of every tensor; closes the file. */
    public static void readAll(TensorFile opened) {
        try (TensorFile file = opened) {
            for (String name : file.names()) {
                file.dtype(name);
                file.elements(name);
                file.floats(name);
            }
            file.values().size();
        }
    }
}
