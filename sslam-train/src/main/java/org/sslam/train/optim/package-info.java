/** AdamW, learning-rate schedules and the moving average of a teacher. */
package org.sslam.train.optim;
