// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/request_export.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QProgressDialog>
#include <QSaveFile>

#include "model/core/csv.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

std::string lineOf(const RequestRow& row, const std::vector<std::string>& metadataKeys)
{
    const auto number = [](const auto& value) { return value ? std::to_string(*value) : std::string(); };
    const auto money = [](const std::optional<MoneySum>& sum) { return sum ? decimalText(*sum) : std::string(); };
    const CallRow& call = row.call;
    std::string line;
    for (const std::string& field :
         {isoText(call.start), call.traceId, call.feature, call.step, call.model, call.provider, call.environment,
          call.user, call.session, std::to_string(row.calls), number(row.input), number(row.output), money(row.cost),
          money(row.waste), number(row.latency), std::string(idOf(row.status))}) {
        line += line.empty() ? "" : ",";
        line += csvField(field);
    }
    for (const std::string& key : metadataKeys)
        line += ',' + csvField(metadataOf(row, key));
    return line + "\r\n";
}

} // namespace

Result<std::size_t> writeRequests(const RequestList& list, const RequestOrder& order,
                                  const std::vector<std::string>& metadataKeys, const QString& path,
                                  const StopToken& stop, const ProgressSink& progress)
{
    QSaveFile file(path);
    const auto refuse = [&] {
        return tl::unexpected(
            Error{ErrorKind::Unreadable, "cannot be written: " + fromQt(file.errorString()), fromQt(path)});
    };
    if (!file.open(QIODevice::WriteOnly))
        return refuse();
    std::string heading = "start_time,trace_id,feature,step,model,provider,environment,user,session,calls,input_tokens,"
                          "output_tokens,cost_usd,waste_usd,latency_microseconds,status";
    for (const std::string& key : metadataKeys)
        heading += ',' + csvField(idOf(DimensionChoice{Dimension::Metadata, key}));
    heading += "\r\n";
    file.write(heading.data(), static_cast<qint64>(heading.size()));
    constexpr std::size_t chunk = 2048;
    for (std::size_t first = 0; first < list.size(); first += chunk) {
        std::string lines;
        for (const RequestRow& row : TRY(list.rows(order, first, chunk, stop)))
            lines += lineOf(row, metadataKeys);
        if (file.write(lines.data(), static_cast<qint64>(lines.size())) < 0)
            return refuse();
        if (progress)
            progress({.what = "exporting", .done = first, .total = list.size()});
    }
    if (!file.commit())
        return refuse();
    return list.size();
}

void exportRequests(QWidget& asker, const std::shared_ptr<const RequestList>& list, const RequestOrder& order,
                    const std::vector<std::string>& metadataKeys, JobRunner& job)
{
    if (!list || job.isRunning())
        return;
    const QString name = list->unit() == RequestUnit::Traces ? u"traces.csv"_s : u"calls.csv"_s;
    const QString path = QFileDialog::getSaveFileName(&asker, QObject::tr("Export CSV"), name);
    if (path.isEmpty())
        return;
    QPointer<QProgressDialog> shown =
        new QProgressDialog(QObject::tr("Writing %1 rows…").arg(format::count(static_cast<std::int64_t>(list->size()))),
                            QObject::tr("Cancel"), 0, 1000, &asker);
    shown->setAttribute(Qt::WA_DeleteOnClose);
    shown->setWindowTitle(QObject::tr("Export CSV"));
    shown->setMinimumDuration(300);
    QObject::connect(shown.data(), &QProgressDialog::canceled, &job, &JobRunner::cancel);
    QObject::connect(&job, &JobRunner::progressed, shown.data(), [shown](const Progress& progress) {
        if (progress.total > 0)
            shown->setValue(static_cast<int>(progress.done * 1000 / progress.total));
    });
    job.start(
        [list, order, metadataKeys, path](const StopToken& stop, const ProgressSink& progress) {
            return writeRequests(*list, order, metadataKeys, path, stop, progress);
        },
        [shown, &asker](const Result<std::size_t>& written) {
            if (shown) // the user may have closed it
                shown->close();
            if (!written && written.error().kind != ErrorKind::Cancelled)
                QMessageBox::warning(&asker, QObject::tr("Export CSV"), toQt(written.error().text()));
        });
}

} // namespace plumbline
