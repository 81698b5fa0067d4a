// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMutex>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>

#include <set>

#include "support/places.h"
#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

namespace {

/// Every text that is looked up comes back in brackets: one that stands without was never looked up.
class Brackets : public QTranslator
{
public:
    using QTranslator::QTranslator;
    QString translate(const char* context, const char* text, const char*, int) const override
    {
        const QMutexLocker lock(&m_mutex);
        m_lookedUp.insert({QString::fromUtf8(context), QString::fromUtf8(text)});
        return text && *text ? u'⟦' + QString::fromUtf8(text) + u'⟧' : QString();
    }
    bool isEmpty() const override { return false; }
    /// Context and text of all that was looked up.
    std::set<std::pair<QString, QString>> lookedUp() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_lookedUp;
    }

private:
    mutable QMutex m_mutex;
    mutable std::set<std::pair<QString, QString>> m_lookedUp;
};

} // namespace

/// The window under a language that nobody speaks: no text of its own is left in English.
class TranslationsTest : public QObject
{
    Q_OBJECT

private:
    Brackets m_brackets;
    std::unique_ptr<test::SampleWindow> m_sample;
    QStringList m_names; ///< that traces brought, the longest first

    /// What is left of a text without brackets, names of data, figures, units and signs; empty: all is looked up.
    QString untranslated(QString text) const
    {
        // From inside out: a looked-up text may stand in another one.
        static const QRegularExpression innermost(u"⟦[^⟦⟧]*⟧"_s);
        for (qsizetype before = -1; before != text.size();) {
            before = text.size();
            text.remove(innermost);
        }
        // What is cut off with … lost its second bracket.
        static const QRegularExpression cutOff(u"⟦[^⟦⟧]*…"_s);
        text.remove(cutOff);
        static const QRegularExpression noWords(
            u"\\$?[0-9][0-9.,:]*[\\s\\x{a0}\\x{202f}\\x{2009}]?(k|M|B|kB|MB|GB|s|ms|min|h|%|pt)?\\b|\\bv[0-9]+\\b|\\bP(50|95)\\b|[^\\p{L}0-9$]+|[$0-9]+"_s);
        // The longest names first: they hold shorter ones. Zones are called the same everywhere.
        for (const QString& name : m_names)
            text.replace(name, u" "_s);
        static const QRegularExpression zone(u"\\b[A-Z][A-Za-z]+(/[A-Za-z_-]+)+"_s);
        text.remove(zone);
        text.replace(noWords, u" "_s);
        return text.trimmed();
    }
    void look(const QWidget& widget, QStringList& missed) const
    {
        const auto check = [&](const QString& text) {
            if (const QString left = untranslated(text); !left.isEmpty())
                missed += u"%1: “%2” (%3)"_s.arg(QString::fromLatin1(widget.metaObject()->className()), text.left(120),
                                                 left.left(60));
        };
        if (!widget.isVisibleTo(widget.window()))
            return;
        if (const auto* label = qobject_cast<const QLabel*>(&widget))
            check(label->text().remove(QRegularExpression(u"<[^>]*>"_s)));
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            check(button->text());
        if (const auto* edit = qobject_cast<const QLineEdit*>(&widget))
            check(edit->placeholderText());
        if (const auto* box = qobject_cast<const QComboBox*>(&widget))
            for (int i = 0; i < box->count(); ++i)
                check(box->itemText(i));
        if (const auto* table = qobject_cast<const DataTable*>(&widget))
            for (int column = 0; column < table->model()->columnCount(); ++column)
                check(table->model()->headerData(column, Qt::Horizontal).toString());
        if (const auto* plot = qobject_cast<const PlotView*>(&widget)) {
            for (const PlotSeries& series : plotSeries(plot->spec()))
                check(series.name);
            for (const QString& category : plotCategories(plot->spec()))
                check(category);
        }
        check(widget.accessibleName());
    }

private slots:
    void initTestCase()
    {
        QVERIFY(QCoreApplication::installTranslator(&m_brackets));
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(2000);
        const Queries& queries = *m_sample->session().queries();
        for (const Dimension dimension :
             {Dimension::Feature, Dimension::Model, Dimension::Provider, Dimension::Step, Dimension::User,
              Dimension::Session, Dimension::Environment, Dimension::Tool, Dimension::Agent, Dimension::Release,
              Dimension::Tag, Dimension::Source, Dimension::Prompt}) {
            const auto values = queries.values({dimension, {}}, 100'000, StopToken());
            for (const std::string& value : *values)
                m_names += toQt(value);
        }
        const auto keys = queries.metadataKeys(StopToken());
        for (const std::string& key : *keys)
            m_names += toQt(key);
        // Names of things, the same in every language.
        QSet<QString> names(m_names.begin(), m_names.end());
        for (const char* name : {"w.plumb", "Plumbline", "Langfuse", "LangSmith", "OpenTelemetry", "JSONL", "JSON",
                                 "CSV", "UTC", "Shapley", "traces.jsonl", "langfuse-events"})
            names.insert(QString::fromLatin1(name));
        m_names = QStringList(names.begin(), names.end());
        m_names.removeIf([](const QString& name) {
            return name.size() < 2 || std::none_of(name.begin(), name.end(), [](QChar c) { return c.isLetter(); });
        });
        std::sort(m_names.begin(), m_names.end(),
                  [](const QString& a, const QString& b) { return a.size() > b.size(); });
    }

    void everyPageIsLookedUp_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString& id : m_sample->window().pageIds())
            QTest::newRow(qPrintable(id)) << id;
    }
    void everyPageIsLookedUp()
    {
        QFETCH(QString, page);
        m_sample->showPage(page);
        QStringList missed;
        for (const QWidget* widget : m_sample->window().findChildren<QWidget*>())
            look(*widget, missed);
        missed.removeDuplicates();
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
    }

    void costsAreExplainedInTheUsersLanguage()
    {
        const Queries& queries = *m_sample->session().queries();
        QSet<QString> models, rules, buckets;
        const auto calls = queries.calls({}, CallOrder::Costliest, 2000, StopToken());
        TransientMemory memory;
        for (const CallRow& call : calls->rows) {
            if (models.contains(toQt(call.model)))
                continue;
            models.insert(toQt(call.model));
            ExplainCostDialog dialog(queries, call.id, memory, nullptr);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            QSignalSpy settled(&dialog, &ExplainCostDialog::settled);
            QVERIFY(settled.wait(test::patience));
            const QAbstractItemModel& lines = *dialog.findChild<DataTable*>()->model();
            for (int row = 0; row < lines.rowCount(); ++row)
                buckets.insert(lines.index(row, 0).data().toString());
            for (const FactList::Fact& fact : dialog.findChild<FactList*>()->facts()) {
                QCOMPARE(untranslated(fact.name), QString());
                if (fact.name == u"⟦Rule⟧"_s)
                    rules.insert(fact.text);
            }
        }
        QVERIFY(models.size() > 3);
        QVERIFY(buckets.size() > 3);
        QVERIFY(!rules.isEmpty());
        for (const QString& text : buckets + rules)
            QCOMPARE(untranslated(text), QString());
    }

    /// What translators are given holds every text that the pages looked up, in the context they look it up in.
    void everyTextIsExtracted()
    {
        const QString extract = test::sourceFolder() + u"/resources/translations/extract.sh"_s;
        QTemporaryDir folder;
        const QString file = folder.filePath(u"all.ts"_s);
        QProcess process;
        process.start(extract, {file});
        if (!process.waitForFinished(test::patience) || process.exitCode() == 127)
            QSKIP("lupdate is not installed");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        std::set<std::pair<QString, QString>> extracted;
        QFile texts(file);
        QVERIFY(texts.open(QIODevice::ReadOnly));
        QXmlStreamReader reader(&texts);
        QString context;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() == u"name")
                context = reader.readElementText();
            else if (reader.isStartElement() && reader.name() == u"source")
                extracted.insert({context, reader.readElementText()});
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QStringList missed;
        for (const auto& [of, text] : m_brackets.lookedUp()) {
            // What is Qt's is in Qt's own files.
            const bool isQts = of.startsWith(u'Q') && of != u"QObject"_s;
            const bool isName = m_names.contains(text); // a table of evidence may hold one
            if (!isQts && !isName && !text.isEmpty() && !extracted.contains({of, text}))
                missed += u"%1: “%2”"_s.arg(of, text.left(100));
        }
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
    }

    void everyCommandIsLookedUp()
    {
        QStringList missed;
        for (const QAction* action : m_sample->window().findChildren<QAction*>()) {
            QString text = action->text();
            if (const QString left = untranslated(text.remove(u'&')); !left.isEmpty())
                missed += text;
        }
        missed.removeDuplicates();
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
    }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
