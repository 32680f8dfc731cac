"""Groups a table partitioned by month with `yibao group` as the TRANSFORM program, and may kill a worker meanwhile."""

import argparse
import os
import shutil
import signal
import threading
import time

from pyspark.sql import SparkSession

from make_cases import COLUMNS

RESULT = "id mdc adrg drg status reason".split()


def kill_in_the_middle(spark, process, told):
    """Ends a worker with its executor as soon as some tasks of the job are done and others are running."""
    tracker = spark.sparkContext.statusTracker()
    while not told["over"]:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numCompletedTasks >= 2 and info.numActiveTasks > 0:
                os.killpg(process, signal.SIGKILL)
                told["stage"] = stage
                done, running = info.numCompletedTasks, info.numActiveTasks
                told["killed"] = f"{done} of {info.numTasks} tasks done, {running} running"
                return
        time.sleep(0.02)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--master", required=True)
    arguments.add_argument("--yibao", required=True)
    arguments.add_argument("--edition", required=True)
    arguments.add_argument("--cases", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--kill", type=int, help="the process group of a worker")
    arguments = arguments.parse_args()

    spark = (
        SparkSession.builder.master(arguments.master).appName("yibao group")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.sql.warehouse.dir", arguments.out + ".warehouse")
        # Small files are not joined into one task, larger ones are cut.
        .config("spark.sql.files.maxPartitionBytes", "8m").config("spark.sql.files.openCostInBytes", "8m")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    # Program and edition travel to the workers; nothing has to be installed there.
    spark.sparkContext.addFile(os.path.abspath(arguments.yibao))
    edition = os.path.basename(os.path.abspath(arguments.edition))
    archive = shutil.make_archive(arguments.out + ".edition", "zip", arguments.edition)
    spark.sparkContext.addArchive(f"{archive}#{edition}")

    columns = ", ".join(f"{name} STRING" for name in COLUMNS)
    spark.sql(
        f"CREATE TABLE cases ({columns}, month STRING) USING csv "
        f"OPTIONS (sep '\t', header 'false', path '{os.path.abspath(arguments.cases)}') PARTITIONED BY (month)")
    spark.sql("MSCK REPAIR TABLE cases")
    count = spark.table("cases").count()
    months = spark.table("cases").select("month").distinct().count()

    # An absent value would reach the program as \N.
    fields = ", ".join(f"coalesce({name}, '')" for name in COLUMNS)
    program = f"./{os.path.basename(arguments.yibao)} group --edition ./{edition} --format tsv -"
    results = ", ".join(f"{name} STRING" for name in RESULT)
    grouped = spark.sql(f"""
        SELECT TRANSFORM ({fields})
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LINES TERMINATED BY '\\n' NULL DEFINED AS ''
        USING '{program}' AS ({results})
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LINES TERMINATED BY '\\n' NULL DEFINED AS '\\\\N'
        FROM cases""")

    told = {"over": False, "killed": None}
    watcher = None
    if arguments.kill:
        watcher = threading.Thread(target=kill_in_the_middle, args=(spark, arguments.kill, told))
        watcher.start()
    began = time.monotonic()
    grouped.selectExpr(f"concat_ws('\t', {', '.join(RESULT)})").write.text(arguments.out)
    seconds = time.monotonic() - began
    told["over"] = True
    if watcher:
        watcher.join()
        if told["killed"] is None:
            raise SystemExit("the job was over before a worker could be killed; give it more cases")
        failed = spark.sparkContext.statusTracker().getStageInfo(told["stage"]).numFailedTasks
        print(f"a worker was killed with {told['killed']}; {failed} tasks were lost and done again")
    print(f"cluster: {count} cases of {months} months in {seconds:.1f} s")
    spark.stop()


if __name__ == "__main__":
    main()
