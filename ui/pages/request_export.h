// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/jobs/job_runner.h"
#include "model/queries/request_list.h"

class QWidget;

namespace plumbline {

/// Asks where to and writes all traces or calls of a list as CSV, with these keys of metadata, with progress and
/// Cancel. All of them or none.
void exportRequests(QWidget& asker, const std::shared_ptr<const RequestList>& list, const RequestOrder& order,
                    const std::vector<std::string>& metadataKeys, JobRunner& job);

/// The same without asking: what the job does. Unreadable: the file cannot be written.
Result<std::size_t> writeRequests(const RequestList& list, const RequestOrder& order,
                                  const std::vector<std::string>& metadataKeys, const QString& path,
                                  const StopToken& stop, const ProgressSink& progress);

} // namespace plumbline
