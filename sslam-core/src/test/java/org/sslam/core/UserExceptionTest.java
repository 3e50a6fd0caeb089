package org.sslam.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UserExceptionTest {
    @Test
    void theMessageIsOneLineWhateverItQuotes() {
        String message = new UserException("a.csv:1: found 'x\r\ny\u0000\u0085z\tw'; mend it").getMessage();
        assertEquals("a.csv:1: found 'x y z\tw'; mend it", message);
    }

    @Test
    void whatIsTooLongKeepsBothEnds() {
        String message = new UserException("a.csv: " + "x".repeat(5000) + "; mend it", new Exception()).getMessage();
        assertEquals(1505, message.length());
        assertTrue(message.startsWith("a.csv: xxx") && message.endsWith("xxx; mend it"), message);
    }
}
