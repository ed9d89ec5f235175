/** What an agent is: the guide's fields that OpenInference does not name. */
export const AGENT_ROLE = 'agent.role'; // text; guide
export const AGENT_TASK_DESCRIPTION = 'agent.task_description'; // text; guide
