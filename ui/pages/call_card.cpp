// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/call_card.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/widgets/make_up_bar.h"
#include "ui/widgets/small_button.h"
#include "ui/widgets/text_reader.h"
#include "ui/widgets/tree_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// `input 10,978 (0 cached) · output 442 · $0.0391`.
QString figuresOf(const CallRow& call)
{
    QString input = CallCard::tr("input %1").arg(format::count(call.usage.input()));
    if (call.usage.cacheRead)
        input += u' ' + CallCard::tr("(%1 cached)").arg(format::count(*call.usage.cacheRead));
    QStringList figures = {input, CallCard::tr("output %1").arg(format::count(call.usage.output()))};
    figures += format::money(call.cost ? std::optional(MoneySum(*call.cost)) : std::nullopt);
    return figures.join(u" · "_s);
}

QString methodNote(const PromptAnswer& prompt)
{
    if (!prompt.isAnalysed)
        return CallCard::tr("The call was not analysed yet: its tokens are not split");
    switch (prompt.method) {
    case SplitMethod::Unsplit:
        return CallCard::tr("Nothing is known of the prompt: all of its tokens are other");
    case SplitMethod::Heuristic:
        return CallCard::tr("Split by the weights of the model's family: ± 5 to 10 % a segment");
    case SplitMethod::Calibrated:
        return CallCard::tr("Split by weights calibrated on this workspace: ± 2 to 4 % a segment");
    case SplitMethod::Reconciled:
        return CallCard::tr("Split by calibrated weights, reconciled between calls: ± 1 to 2 % a segment");
    }
    return {};
}

} // namespace

CallCard::CallCard(WindowMemory& memory, QWidget* parent)
    : Card(tr("Call"), parent)
    , m_bar(new MakeUpBar(tr("Segments of the call"), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_table(new TreeTable(u"prompt"_s, tr("Prompt and answer"), m_prompt, memory, this))
    , m_reader(new TextReader(this))
{
    body().addWidget(m_bar);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_reader);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 4);
    m_reader->hide();
    body().addWidget(m_splitter, 1);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    m_explain = smallButton(tr("Explain cost"), tr("Explain the cost of the call"), *actions);
    m_compare = smallButton(tr("Mark to compare"), tr("Mark the call to compare it with another one"), *actions);
    actions->addStretch();
    body().addLayout(actions);
    m_table->setSortingEnabled(false);
    showNothing(tr("Choose a call above to see what was sent and what came back."));

    const auto call = [this] { return static_cast<qint64>(m_prompt.prompt().call.id); };
    connect(m_explain, &QPushButton::clicked, this, [this, call] { emit explainRequested(call()); });
    connect(m_compare, &QPushButton::clicked, this, &CallCard::markOrCompare);
    connect(m_table, &TreeTable::foldRequested, this, [this](int row, bool isOpen) {
        const int segment = m_prompt.segmentRow(row);
        if (segment < 0) // searched away
            return;
        m_prompt.setOpen(segment, isOpen);
        m_table->setCurrentIndex(m_prompt.index(segment, 0));
    });
    connect(m_table, &DataTable::rowActivated, this, &CallCard::open);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (m_reader->isVisible() || !m_prompt.hasChildren(index.row()))
            read(index.row());
    });
    connect(m_reader, &TextReader::closed, this, [this] {
        m_reader->hide();
        m_table->setFocus();
    });
    m_table->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Read the text"), this, [this, row] { read(row); });
        if (!m_prompt.isSegment(row))
            return;
        const Segment segment = m_prompt.blocksAt(row).front()->segment;
        for (const SegmentClaim& claim : m_prompt.prompt().claims)
            if (claim.segment == segment)
                menu.addAction(tr("What “%1” means").arg(drainTitle(claim.drain)), this,
                               [this, drain = toQt(claim.drain)] { emit drainChosen(drain); });
    });
}

void CallCard::ask(const Queries& queries, CallId call)
{
    m_asked = call;
    if (m_of != queries.path()) {
        m_of = queries.path(); // a mark means nothing in another workspace
        m_marked.reset();
    }
    m_job.start([queries, call](const StopToken& stop) { return queries.promptOf(call, stop); },
                [this, call](Result<PromptAnswer> answer) {
                    if (m_asked != call)
                        return;
                    if (answer)
                        show(*std::move(answer));
                    else if (answer.error().kind != ErrorKind::Cancelled)
                        showNothing(toQt(answer.error().text()));
                    emit settled();
                });
}

void CallCard::showNothing(const QString& why)
{
    m_job.cancel();
    m_asked.reset();
    setTitle(tr("Call"));
    setNote({});
    m_reader->hide();
    m_prompt.clear();
    showEmpty(why);
}

void CallCard::show(PromptAnswer answer)
{
    QStringList title;
    for (const std::string& part : {answer.call.step, answer.call.model})
        if (!part.empty())
            title += toQt(part);
    setTitle(title.isEmpty() ? tr("Call") : title.join(u" · "_s));
    setNote(figuresOf(answer.call), methodNote(answer));
    const PromptAnswer& shown = m_prompt.prompt();
    const bool isSame = shown.call.id == answer.call.id;
    // The same once more leaves what is unfolded and read as it is.
    if (isSame && shown.blocks.size() == answer.blocks.size() && shown.isAnalysed == answer.isAnalysed &&
        shown.claims.size() == answer.claims.size() && m_prompt.rowCount() > 0)
        return;
    const int row = m_table->currentIndex().row();
    if (!isSame)
        m_reader->hide();
    m_prompt.show(std::move(answer));
    m_bar->show(m_prompt.makeUp());
    nameCompare();
    showContent();
    if (m_prompt.rowCount() == 0)
        showEmpty(tr("Neither the prompt nor the answer of this call is known: its source kept figures only."));
    else
        m_table->selectRow(isSame && row >= 0 && row < m_prompt.rowCount() ? row : 0);
}

void CallCard::markOrCompare()
{
    const CallRow& shown = m_prompt.prompt().call;
    if (shown.id == CallId())
        return;
    if (m_marked && m_marked->id != shown.id) {
        emit compareRequested(static_cast<qint64>(m_marked->id), static_cast<qint64>(shown.id));
        m_marked.reset();
    } else if (m_marked) {
        m_marked.reset();
    } else {
        m_marked = shown;
    }
    nameCompare();
}

void CallCard::nameCompare()
{
    const bool isThis = m_marked && m_marked->id == m_prompt.prompt().call.id;
    m_compare->setText(!m_marked ? tr("Mark to compare")
                       : isThis  ? tr("Marked: choose another call")
                                 : tr("Compare with the marked call"));
    m_compare->setToolTip(!m_marked ? tr("Mark this call, then choose another one to see what differs")
                          : isThis  ? tr("Click to take the mark away")
                                    : tr("Marked: %1 %2").arg(toQt(m_marked->step), toQt(m_marked->model)));
}

void CallCard::open(int row)
{
    if (m_prompt.hasChildren(row)) {
        m_prompt.setOpen(row, !m_prompt.isOpen(row));
        m_table->setCurrentIndex(m_prompt.index(row, 0));
        return;
    }
    read(row);
}

void CallCard::read(int row)
{
    if (row < 0 || row >= m_prompt.rowCount())
        return;
    const auto blocks = m_prompt.blocksAt(row);
    std::int64_t bytes = 0;
    for (const PromptBlock* block : blocks)
        bytes += block->bytes;
    const QString name = m_prompt.data(m_prompt.index(row, 0)).toString();
    std::vector<LongText::Piece> texts;
    for (const PromptBlock* block : blocks)
        texts.push_back(block->text);
    LongText text(texts);
    if (text.isEmpty())
        text = LongText(blocks.front()->block == 0 ? tr("(framing of the provider, and what nobody logged)")
                                                   : tr("(not kept: only its digest and what was counted of it)"));
    m_reader->show(u"%1 · %2"_s.arg(name, format::bytes(static_cast<std::uint64_t>(bytes))), std::move(text));
    m_reader->setVisible(true);
}

void CallCard::beginSearch()
{
    if (m_reader->isVisible())
        m_reader->beginSearch();
    else
        m_table->beginSearch();
}

} // namespace plumbline
