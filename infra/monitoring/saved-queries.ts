import { type ILogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { queryRows } from './query-rows.ts'

/** The stage, and the log groups that the queries search. */
export interface SavedQueriesProps {
  stage: string
  logGroups: ILogGroup[]
}

/**
 * The saved queries of CloudWatch Logs Insights, in the folder `kustomer-relay/STAGE` of its list. They cost nothing
 * until somebody runs one.
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, logGroups }: SavedQueriesProps) {
    super(scope, id)
    for (const { id: name, title, fields, filter, stats, sort, limit } of queryRows) {
      new QueryDefinition(this, name, {
        queryDefinitionName: `kustomer-relay/${stage}/${title}`,
        logGroups,
        queryString: new QueryString({
          fields,
          filterStatements: [filter],
          statsStatements: stats ? [stats] : undefined,
          sort,
          limit,
        }),
      })
    }
  }
}
